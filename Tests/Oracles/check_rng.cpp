// Moments and tails of the normal generator, and its speed.
#include "oracle.hpp"
int main() {
    Xoshiro g(7, 1); double n = 4e8, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m6 = 0; long t1 = 0, t2 = 0, t3 = 0, t4 = 0; double t0 = seconds();
    for (long i = 0; i < (long)n; i++) { double z = normal(g), y = z * z; m1 += z; m2 += y; m3 += y * z; m4 += y * y; m6 += y * y * y; double a = std::fabs(z); t1 += a > 1; t2 += a > 2; t3 += a > 3.6541528853610088; t4 += a > 4.5; }
    printf("{\"samples\": %g, \"ns_each\": %.2f,\n \"z_scores\": {\"m1\": %.2f, \"m2\": %.2f, \"m3\": %.2f, \"m4\": %.2f, \"m6\": %.2f", n, (seconds() - t0) / n * 1e9,
        m1 / std::sqrt(n), (m2 - n) / std::sqrt(2 * n), m3 / std::sqrt(15 * n), (m4 - 3 * n) / std::sqrt(96 * n), (m6 - 15 * n) / std::sqrt(10170 * n));
    auto z = [&](long c, double a) { double p = std::erfc(a / std::sqrt(2.)); return (c - n * p) / std::sqrt(n * p * (1 - p)); };
    printf(", \"tail1\": %.2f, \"tail2\": %.2f, \"tail3.654\": %.2f, \"tail4.5\": %.2f}}\n", z(t1, 1), z(t2, 2), z(t3, 3.6541528853610088), z(t4, 4.5));
}
