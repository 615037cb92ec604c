#include "CLanes.h"

// Fusing multiplies with adds on its own would let the compiler give other bits on other processors.
#pragma clang fp contract(off)

// Vectors are passed only to functions of this file, all inlined, so no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))

typedef struct {
    void (*normals)(const lanes_stream *, uint64_t, double *);
    void (*cell)(const double *, int, const lanes_stream *, int, uint64_t, double *);
    void (*split)(const double *, int, const lanes_stream *, int, uint64_t, const double *, double *, double *);
    void (*refine)(const double *, int, const lanes_stream *, int, uint64_t, int, uint64_t, double *);
    void (*refine_roots)(const double *, int, const lanes_stream *, int, int, uint64_t, double *);
    void (*roots)(const double *, int, const lanes_stream *, int, size_t, double *);
    int (*affine_steps)(
        const lanes_affine *, const double *, const double *, const double *, int, uint64_t, uint64_t, double *,
        double *, double *, uint32_t *);
    int (*exact_cells)(
        const lanes_bound *, const double *, const double *, int, int, uint64_t, uint64_t, double *, double *,
        double *, uint32_t *);
    int (*white_cells)(
        const lanes_white_bound *, const double *, const double *, int, int, uint64_t, uint64_t, double *,
        double *, double *, uint32_t *);
    void (*white_neurons)(
        const lanes_white_bound *, int, const double *, size_t, const double *, size_t, const double *,
        double *, uint8_t *);
    void (*add_squared_distances)(const double *, const double *, int, int, double *);
} lanes_kernels;

// A range of functionals.
typedef struct {
    int from, to;
} range;

// How many Philox blocks are drawn side by side, at most.
enum { MOST_BLOCKS = 3 };

static const range none = {0, 0}, first_only = {0, 1}, second_only = {1, 2}, first_two = {0, 2}, increment = {0, 3},
                   all = {0, 4};

// Which functionals V and I take noise from: Euler-Maruyama's and its kin, exponential and exact schemes, and others.
enum { GENERAL, INCREMENT_IN_CURRENT, INCREMENT_IN_VOLTAGE, FIRST_IN_CURRENT, FIRST_IN_VOLTAGE, EXACT };

#define KERNEL(name) baseline_##name
#include "kernels.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KERNEL(name) avx2_##name
#include "kernels.inc"
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))), apply_to = function)
#define KERNEL(name) avx512_##name
#include "kernels.inc"
#pragma clang attribute pop
#endif

static const lanes_kernels *_Atomic kernels = &baseline_kernels;
static _Atomic int selected = LANES_BASELINE;

int lanes_select(int instruction_set) {
    const lanes_kernels *choice = &baseline_kernels;
    int set = LANES_BASELINE;
#if defined(__x86_64__)
    __builtin_cpu_init();
    int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    int has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
    if (instruction_set >= LANES_AVX512 && has_avx512) {
        set = LANES_AVX512;
        choice = &avx512_kernels;
    } else if (instruction_set >= LANES_AVX2 && has_avx2) {
        set = LANES_AVX2;
        choice = &avx2_kernels;
    }
#endif
    kernels = choice;
    selected = set;
    return set;
}

int lanes_selected(void) { return selected; }

__attribute__((constructor)) static void select_widest(void) { lanes_select(LANES_AVX512); }

void lanes_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]) {
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        uint64_t even = (uint64_t)c0 * 0xD2511F53u, odd = (uint64_t)c2 * 0xCD9E8D57u;
        c0 = (uint32_t)(odd >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)odd;
        c2 = (uint32_t)(even >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)even;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    words[0] = c0, words[1] = c1, words[2] = c2, words[3] = c3;
}

void lanes_normals(const lanes_stream *stream, uint64_t node, double *normals) {
    kernels->normals(stream, node, normals);
}

void lanes_cell(
    const double *tree, int functionals, const lanes_stream *stream, int level, uint64_t index, double *cell) {
    kernels->cell(tree, functionals, stream, level, index, cell);
}

void lanes_split(
    const double *tree, int functionals, const lanes_stream *stream, int level, uint64_t index,
    const double *cell, double *left, double *right) {
    kernels->split(tree, functionals, stream, level, index, cell, left, right);
}

void lanes_refine(
    const double *tree, int functionals, const lanes_stream *stream, int level, uint64_t index, int depth,
    uint64_t place, double *cells) {
    kernels->refine(tree, functionals, stream, level, index, depth, place, cells);
}

void lanes_refine_roots(
    const double *tree, int functionals, const lanes_stream *stream, int count, int depth, uint64_t place,
    double *cells) {
    kernels->refine_roots(tree, functionals, stream, count, depth, place, cells);
}

void lanes_roots(
    const double *tree, int functionals, const lanes_stream *stream, int neurons, size_t stride, double *cells) {
    kernels->roots(tree, functionals, stream, neurons, stride, cells);
}

int lanes_affine_steps(
    const lanes_affine *step, const double *offset, const double *drives, const double *cells, int count,
    uint64_t first, uint64_t stride, double *state, double *before, double *records, uint32_t *suspects) {
    return kernels->affine_steps(
        step, offset, drives, cells, count, first, stride, state, before, records, suspects);
}

int lanes_exact_cells(
    const lanes_bound *bound, const double *drives, const double *cells, int functionals, int count,
    uint64_t first, uint64_t stride, double *state, double *before, double *records, uint32_t *suspects) {
    return kernels->exact_cells(
        bound, drives, cells, functionals, count, first, stride, state, before, records, suspects);
}

int lanes_white_cells(
    const lanes_white_bound *bound, const double *drives, const double *cells, int functionals, int count,
    uint64_t first, uint64_t stride, double *state, double *before, double *records, uint32_t *suspects) {
    return kernels->white_cells(
        bound, drives, cells, functionals, count, first, stride, state, before, records, suspects);
}

void lanes_white_neurons(
    const lanes_white_bound *bound, int neurons, const double *drives, size_t drive_stride, const double *cells,
    size_t cell_stride, const double *starts, double *states, uint8_t *suspects) {
    kernels->white_neurons(
        bound, neurons, drives, drive_stride, cells, cell_stride, starts, states, suspects);
}

void lanes_add_squared_distances(const double *a, const double *b, int stride, int count, double *sums) {
    kernels->add_squared_distances(a, b, stride, count, sums);
}

// Whether a cell has all functionals of a range, and all weights outside it are 0.
static int is_within(range range, int functionals, const double *weights) {
    if (range.to > functionals) return 0;
    for (int j = 0; j < FUNCTIONALS; j++)
        if ((j < range.from || j >= range.to) && weights[j] != 0) return 0;
    return 1;
}

void lanes_affine_prepare(lanes_affine *step) {
    static const struct {
        int pattern;
        const range *voltage, *current;
    } patterns[] = {
        {FIRST_IN_CURRENT, &none, &first_only},    {FIRST_IN_VOLTAGE, &first_only, &none},
        {EXACT, &second_only, &first_only},        {INCREMENT_IN_CURRENT, &none, &increment},
        {INCREMENT_IN_VOLTAGE, &increment, &none},
    };
    step->pattern = GENERAL;
    for (unsigned k = 0; k < sizeof patterns / sizeof *patterns; k++) {
        if (!is_within(*patterns[k].voltage, step->functionals, step->voltage + 2)) continue;
        if (!is_within(*patterns[k].current, step->functionals, step->current + 1)) continue;
        step->pattern = patterns[k].pattern;
        break;
    }
    step->tests_slopes = step->start_bound < __builtin_inf() || step->second_bound < __builtin_inf();
}
