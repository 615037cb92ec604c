#include "CLanes.h"

// Fusing multiplies with adds on its own would let the compiler give other bits on other processors.
#pragma clang fp contract(off)

// Vectors are passed only to functions of this file, all inlined, so no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"
#define INLINE static inline __attribute__((always_inline))

typedef struct {
    void (*normals)(const lanes_stream *, uint64_t, double *);
    void (*cell)(const double *, const lanes_stream *, int, uint64_t, double *);
    void (*split)(const double *, const lanes_stream *, int, uint64_t, const double *, double *, double *);
    void (*refine)(const double *, const lanes_stream *, int, uint64_t, int, double *);
} lanes_kernels;

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

void lanes_cell(const double *tree, const lanes_stream *stream, int level, uint64_t index, double *cell) {
    kernels->cell(tree, stream, level, index, cell);
}

void lanes_split(
    const double *tree, const lanes_stream *stream, int level, uint64_t index, const double *cell, double *left,
    double *right) {
    kernels->split(tree, stream, level, index, cell, left, right);
}

void lanes_refine(
    const double *tree, const lanes_stream *stream, int level, uint64_t index, int depth, double *cells) {
    kernels->refine(tree, stream, level, index, depth, cells);
}
