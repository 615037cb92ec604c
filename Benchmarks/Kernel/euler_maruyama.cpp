// Euler and Maruyama's scheme for the default neuron, written by hand as fast as it goes: the yardstick for the others.
//
//     clang++ -O3 -march=native -ffp-contract=fast -std=c++20 -pthread euler_maruyama.cpp -o euler_maruyama
//     ./euler_maruyama PATHS STEPS THREADS        prints seconds, path-steps and spikes
//
// Four groups of eight paths; Philox4x32-10 and a vector Box-Muller transformation fused with the step: one block gives
// four normals, which serve four consecutive steps.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

typedef double reals __attribute__((ext_vector_type(8)));
typedef uint64_t words __attribute__((ext_vector_type(8)));

namespace {

constexpr double step = 0.1, membrane = 20, synapse = 5, drive = 0.045, sigma = 0.02, threshold = 1, reset = 0;

inline reals real_from_word(words w) {
    return __builtin_bit_cast(reals, w | (words)0x4330000000000000u) - (reals)0x1p52;
}

inline reals radius(words w) {
    words bits = __builtin_bit_cast(words, real_from_word(w) + 0.5);
    words shifted = bits - 0x3fe6a09e667f3bcdu;
    words exponent = (shifted >> 52) - ((shifted >> 63) << 12);
    reals m = __builtin_bit_cast(reals, bits - (exponent << 52));
    reals e = __builtin_bit_cast(reals, exponent + 0x4338000000000000u) - 0x1.8p52 - 32.0;
    reals s = (m - 1) / (m + 1), z = s * s;
    reals p = ((((((z * 0.146164496850434059 + 0.153317216005560413) * z + 0.181828891252617221) * z
                  + 0.222222111347950799) * z + 0.285714286259754849) * z + 0.399999999998995045) * z
               + 0.666666666666666969);
    return __builtin_elementwise_sqrt((e * 0.693147180559945309 + (s * z * p + (s + s))) * -2.0);
}

inline void turn(words w, reals r, reals &a, reals &b) {
    words t = w + 0x20000000u, q = t >> 30;
    reals y = (real_from_word(t & 0x3fffffffu) - 0x1p29) * 0x1p-30 + 0x1p-31, z = y * y;
    reals sine = y * ((((((z * 5.6422253691635283e-8 - 3.59870295097351047e-6) * z + 0.000160441166614094238) * z
                        - 0.00468175413425420771) * z + 0.0796926262461442385) * z - 0.645964097506246174) * z
                      + 1.57079632679489662);
    reals cosine = (((((((z * -6.32939634496742351e-9 + 4.71067840550522711e-7) * z - 0.0000252020390280291761) * z
                       + 0.000919260274546844619) * z - 0.0208634807633407725) * z + 0.253669507901047823) * z
                     - 1.23370055013616983) * z + 1.0);
    words swap = (__builtin_bit_cast(words, sine) ^ __builtin_bit_cast(words, cosine)) & -(q & 1);
    words cosine_sign = ((q + 1) << 62) & 0x8000000000000000u, sine_sign = (q << 62) & 0x8000000000000000u;
    a = r * __builtin_bit_cast(reals, __builtin_bit_cast(words, cosine) ^ swap ^ cosine_sign);
    b = r * __builtin_bit_cast(reals, __builtin_bit_cast(words, sine) ^ swap ^ sine_sign);
}

inline void four_normals(uint32_t path, uint32_t block, reals z[4]) {
    const words low = 0xffffffffu;
    words c0 = (words)(uint64_t)path + (words){0, 1, 2, 3, 4, 5, 6, 7};
    words c1 = 0, c2 = block, c3 = 0;
    uint32_t k0 = 1, k1 = 2;
    for (int round = 0; round < 10; round++) {
        words even = (c0 & low) * 0xD2511F53u, odd = (c2 & low) * 0xCD9E8D57u;
        c0 = (odd >> 32) ^ c1 ^ k0;
        c2 = (even >> 32) ^ c3 ^ k1;
        c1 = odd & low;
        c3 = even & low;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    turn(c1, radius(c0), z[0], z[1]);
    turn(c3, radius(c2), z[2], z[3]);
}

// All steps of the paths first ... first + 8 * Groups; returns how many spikes there were.
template <int Groups> uint64_t simulate(uint32_t first, int steps) {
    const reals leak = 1 - step / membrane, gain = step, offset = step * drive;
    const reals decay = 1 - step / synapse, kick = sigma * __builtin_sqrt(step);
    reals v[Groups], i[Groups];
    for (int g = 0; g < Groups; g++) v[g] = i[g] = 0;
    uint64_t spikes = 0;
    for (int block = 0; block < steps / 4; block++) {
        for (int g = 0; g < Groups; g++) {
            reals z[4];
            four_normals(first + 8 * g, block, z);
            for (int k = 0; k < 4; k++) {
                v[g] = leak * v[g] + (gain * i[g] + offset);
                i[g] = decay * i[g] + kick * z[k];
                words fires = (words)(v[g] >= threshold);
                if (__builtin_expect(__builtin_reduce_or(fires) != 0, 0)) {
                    for (int lane = 0; lane < 8; lane++)
                        if (fires[lane]) v[g][lane] = reset, spikes++;
                }
            }
        }
    }
    return spikes;
}

}  // namespace

int main(int argc, char **argv) {
    if (argc != 4) return fprintf(stderr, "usage: %s PATHS STEPS THREADS\n", argv[0]), 64;
    const int paths = atoi(argv[1]), steps = atoi(argv[2]), threads = atoi(argv[3]);
    constexpr int groups = 4;
    std::vector<uint64_t> spikes(threads);
    auto began = std::chrono::steady_clock::now();
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; t++)
        workers.emplace_back([&, t] {
            for (int first = 8 * groups * t; first < paths; first += 8 * groups * threads)
                spikes[t] += simulate<groups>(first, steps);
        });
    for (auto &worker : workers) worker.join();
    std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    uint64_t total = 0;
    for (auto count : spikes) total += count;
    printf("%.6f %.0f %llu\n", seconds.count(), double(paths) * steps, (unsigned long long)total);
}
