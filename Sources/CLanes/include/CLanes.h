// Random numbers and Brownian-tree arithmetic over eight lanes of independent paths.
//
// Every function exists once per instruction set; the widest one that the processor has is chosen when the
// program starts.  All of them use the same operations in the same order, fused multiply-adds written out and
// never left to the compiler, so that they return the same bits.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { LANES = 8, FUNCTIONALS = 4 };

// Sizes, in doubles, of the coefficient tables of a tree with n functionals (see BrownianTree.swift): the root's Cholesky
// factor, lower triangle by rows; and of each split the gain (n by n by rows), noise and join (lower triangles).
#define LANES_ROOT_SIZE(n) ((n) * ((n) + 1) / 2)
#define LANES_SPLIT_SIZE(n) ((n) * (n) + 2 * LANES_ROOT_SIZE(n))

// Names the stream of one neuron's noise on eight consecutive paths.
typedef struct {
    uint32_t key[2];
    uint32_t first_path;
    uint32_t neuron;     // below 2^24
    uint32_t root_cell;
} lanes_stream;

// Instruction sets in ascending order; `lanes_select` refuses what the processor lacks and returns what is in use.
enum { LANES_BASELINE = 0, LANES_AVX2 = 1, LANES_AVX512 = 2 };
int lanes_select(int instruction_set);
int lanes_selected(void);

// Philox4x32-10: `words` becomes the four output words for this counter and key.
void lanes_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]);

// The four standard normals of each lane for one node (below 2^40): normals[4][LANES].
void lanes_normals(const lanes_stream *stream, uint64_t node, double *normals);

// Of a tree with 1 to 4 functionals, those of the cell `index` of `level` (0: the root cell): cell[functionals][LANES].
// `tree` is the root factor followed by one split per level.  Each node takes as many normals as there are functionals, the
// first node the first of them, four from each block.
void lanes_cell(
    const double *tree, int functionals, const lanes_stream *stream, int level, uint64_t index, double *cell);

// Splits a cell into its left and right half.
void lanes_split(
    const double *tree, int functionals, const lanes_stream *stream, int level, uint64_t index,
    const double *cell, double *left, double *right);

// The cell `index` of `level` and all cells below it, down `depth` further levels, in a heap: that cell is at `place`, and the
// halves of cells[k] are cells[2 k] and cells[2 k + 1], each [functionals][LANES].
void lanes_refine(
    const double *tree, int functionals, const lanes_stream *stream, int level, uint64_t index, int depth,
    uint64_t place, double *cells);

// The same of `count` root cells from the stream's on, the first of which is at `place` and the others behind it.
void lanes_refine_roots(
    const double *tree, int functionals, const lanes_stream *stream, int count, int depth, uint64_t place,
    double *cells);

// The root cells of consecutive neurons, the first of which is the stream's; each begins `stride` doubles after the one before.
void lanes_roots(
    const double *tree, int functionals, const lanes_stream *stream, int neurons, size_t stride, double *cells);

// A scheme's step on a linear neuron, as the affine map of V, I and the functionals X_0 ... X_3 that it is:
//
//     V' = voltage . (V, I, X_0, ..., X_3) + offset,      I' = current . (I, X_0, ..., X_3) + current_offset,
//
// with the offset of V given for each path.  And where a spike is possible: V' >= end_bound, or
// start . (V, I) >= start_bound, or end . (V', I') >= second_bound.
typedef struct {
    double voltage[2 + FUNCTIONALS];
    double current[1 + FUNCTIONALS];
    double current_offset;
    double end_bound;
    double start[2], start_bound;
    double end[2], second_bound;
    // How many functionals a cell has; the weights of those that it lacks are 0.
    int functionals;
    // What the numbers above look like, filled in by lanes_affine_prepare.
    int pattern, tests_slopes;
} lanes_affine;

// To be called once after the numbers have been filled in.
void lanes_affine_prepare(lanes_affine *step);

// Takes `count` steps through `cells`, but stops after the first one in which a spike is possible on any path, and
// returns how many came before it, or `count`.
//
// `state` (V and I, [2][LANES]) goes from the start of the first step to the end of the last one taken; `before` is
// where a step with a possible spike began, and `suspects` has one bit for each path with one.  V after each step whose
// number, counted from `first`, plus one is a multiple of `stride` (a power of two) is written to `records`, one after
// the other; not that after a possible spike.  What has been added to each path's drive is felt as its I is; `offset` has it
// already.
int lanes_affine_steps(
    const lanes_affine *step, const double *offset, const double *drives, const double *cells, int count,
    uint64_t first, uint64_t stride, double *state, double *before, double *records, uint32_t *suspects);

// The exact propagator over cells of one width, with a bound on V inside them: the numbers of CrossingBound.swift.
typedef struct {
    double width, third;
    double drift, membrane_rate, asymptote, membrane_time_constant;
    double offset, voltage_factor, current_factor, coupling, noise_strength, drive_gain;
    double slope_error, span_error, limit;
} lanes_bound;

// As lanes_affine_steps, with exact propagation through cells of so many functionals, of which it takes the first two: stops
// after the first one in which the bound does not rule out that a path crosses its threshold.
int lanes_exact_cells(
    const lanes_bound *bound, const double *drives, const double *cells, int functionals, int count,
    uint64_t first, uint64_t stride, double *state, double *before, double *records, uint32_t *suspects);

// The exact propagator under white noise in V, with a bound on V inside cells: the numbers of WhiteNoiseBound.swift.
typedef struct {
    double threshold, offset, voltage_factor, current_factor, coupling, noise_strength, drive_gain;
    double membrane_time_constant, excess, bend, current_bend, least_product;
} lanes_white_bound;

// As lanes_exact_cells, of whose functionals it takes the first.
int lanes_white_cells(
    const lanes_white_bound *bound, const double *drives, const double *cells, int functionals, int count,
    uint64_t first, uint64_t stride, double *state, double *before, double *records, uint32_t *suspects);

// Takes consecutive neurons through one cell each, from `starts` (V and I, [neurons][2][LANES]) to `states`; `suspects` has one bit for each path on which the bound does not rule out a crossing.  Strides are in doubles.
void lanes_white_neurons(
    const lanes_white_bound *bound, int neurons, const double *drives, size_t drive_stride, const double *cells,
    size_t cell_stride, const double *starts, double *states, uint8_t *suspects);

// Adds (a_k - b_(stride k))^2 to `sums` for k below `count`, lane by lane.
void lanes_add_squared_distances(const double *a, const double *b, int stride, int count, double *sums);
