// Shared by the Monte Carlo oracles: random numbers, exact cell moments by Taylor series in long double, and
// threshold crossings of the cubic Hermite interpolant.  Deliberately naive, and independent of the library under test.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
#include <ctime>

// ---------------------------------------------------------------- random numbers
struct Xoshiro {                                    // xoshiro256++ (Blackman, Vigna), seeded by splitmix64
    uint64_t s[4];
    static uint64_t mix(uint64_t &x) {
        uint64_t z = (x += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    Xoshiro(uint64_t seed, uint64_t stream) {
        uint64_t a = seed, b = mix(a) ^ (stream * 0xd1342543de82ef95ULL + 0x632be59bd9b4e019ULL);
        for (auto &x : s) x = mix(b);
    }
    static uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
    uint64_t next() {
        uint64_t r = rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
        s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3];
        s[2] ^= t; s[3] = rotl(s[3], 45);
        return r;
    }
    double uniform() { return ((next() >> 11) + 0.5) * 0x1p-53; }   // (0,1)
};

struct Ziggurat {                                   // normal variates, 256 layers, tables computed here
    double x[257], y[257];
    Ziggurat() {
        const double r = 3.6541528853610088, v = 0.00492867323399;   // right-most layer, area of a layer
        auto f = [](double t) { return std::exp(-0.5 * t * t); };
        x[0] = v / f(r); x[1] = r;
        for (int i = 2; i < 256; i++) x[i] = std::sqrt(-2 * std::log(v / x[i - 1] + f(x[i - 1])));
        x[256] = 0;
        for (int i = 0; i < 257; i++) y[i] = f(x[i]);
    }
    double operator()(Xoshiro &g) const {
        for (;;) {
            uint64_t u = g.next();
            int i = u & 255;
            double w = double(int64_t(u) >> 11) * 0x1p-52;             // [-1,1)
            double z = w * x[i];
            if (std::fabs(z) < x[i + 1]) return z;
            if (i == 0) {
                double a, b;
                do { a = -std::log(g.uniform()) / x[1]; b = -std::log(g.uniform()); } while (2 * b < a * a);
                return w < 0 ? -(x[1] + a) : x[1] + a;
            }
            if (y[i] + g.uniform() * (y[i + 1] - y[i]) < std::exp(-0.5 * z * z)) return z;
        }
    }
};
static const Ziggurat normal;

// ---------------------------------------------------------------- the neuron and its exact cell
struct Neuron { double taum, taus, EL, Vth, Vr, mu, sigma; };

typedef long double ld;
static const int TERMS = 40;
struct Series { ld c[TERMS]; };
static Series dividedDifference(const std::vector<ld> &nodes) {   // Taylor coefficients in u of exp[nodes; u]
    int k = (int)nodes.size() - 1;
    Series comp, out;
    for (int i = 0; i < TERMS; i++) comp.c[i] = i == 0;
    for (ld x : nodes) for (int j = 1; j < TERMS; j++) comp.c[j] += x * comp.c[j - 1];
    ld f = 1;
    for (int n = 0; n < TERMS; n++) { if (n) f /= n; out.c[n] = n >= k ? comp.c[n - k] * f : 0; }
    return out;
}
static ld innerProduct(const Series &a, const Series &b, ld h) {
    ld t = 0;
    for (int s = 2 * TERMS - 2; s >= 0; s--)
        for (int i = 0; i < TERMS; i++) { int j = s - i; if (j >= 0 && j < TERMS) t += a.c[i] * b.c[j] * std::pow(h, (ld)(s + 1)) / (s + 1); }
    return t;
}
struct Cell {                                       // needs d well below the time constants (series in d/tau)
    double d, es, em, K, om;                        // exp(-d/taus), exp(-d/taum), K(d), 1-exp(-d/taum)
    double a11, a21, a22;                           // Cholesky factor of Cov(N_I, N_V)
    double b11, b21, b22, b31, b32, b33;            // Cholesky factor of Cov(DW, N_V, R), R = N_I - DW + N_V/taus
    double its;
    Cell(const Neuron &n, double width) {
        d = width;
        ld ts = n.taus, tm = n.taum, h = d;
        if (h / ts > 0.5L || h / tm > 0.5L) { fprintf(stderr, "cell too wide\n"); exit(1); }
        Series k0 = dividedDifference({-1 / ts}), k1 = dividedDifference({-1 / ts, -1 / tm}),
               k2 = dividedDifference({-1 / ts, -1 / tm, 0}), one;
        for (int i = 0; i < TERMS; i++) one.c[i] = i == 0;
        es = std::exp(-h / ts); em = std::exp(-h / tm); om = -std::expm1(-h / tm); its = 1 / ts;
        ld t = 0; for (int i = TERMS - 1; i >= 0; i--) t = t * h + k1.c[i];
        K = t;
        ld c00 = innerProduct(k0, k0, h), c01 = innerProduct(k0, k1, h), c11 = innerProduct(k1, k1, h);
        ld l11 = std::sqrt(c00), l21 = c01 / l11, l22 = std::sqrt(c11 - l21 * l21);
        a11 = l11; a21 = l21; a22 = l22;
        for (auto &c : k2.c) c *= -1 / (tm * ts);   // kernel of R
        ld w11 = std::sqrt(h), w21 = innerProduct(one, k1, h) / w11, w22 = std::sqrt(c11 - w21 * w21);
        ld w31 = innerProduct(one, k2, h) / w11, w32 = (innerProduct(k1, k2, h) - w31 * w21) / w22;
        ld w33 = std::sqrt(innerProduct(k2, k2, h) - w31 * w31 - w32 * w32);
        b11 = w11; b21 = w21; b22 = w22; b31 = w31; b32 = w32; b33 = w33;
    }
};
static double kernelK(const Neuron &n, double u) {
    double z = u * (1 / n.taus - 1 / n.taum), q = std::fabs(z) < 1e-8 ? 1 + z / 2 : std::expm1(z) / z;
    return u * std::exp(-u / n.taus) * q;
}

// First time in (0,d] at which the cubic with end values v0 < th, v1 and end slopes s0, s1 reaches th;
// returns -1 if it does not.  slope receives the derivative there.
static double hermiteCrossing(double v0, double s0, double v1, double s1, double d, double th, double &slope) {
    double b1 = v0 + d * s0 / 3, b2 = v1 - d * s1 / 3;
    if (v1 < th && b1 < th && b2 < th) return -1;
    double p0 = v0, p1 = d * s0, p2 = 3 * (v1 - v0) - d * (2 * s0 + s1), p3 = 2 * (v0 - v1) + d * (s0 + s1);
    auto val = [&](double x) { return p0 + x * (p1 + x * (p2 + x * p3)); };
    auto der = [&](double x) { return p1 + x * (2 * p2 + 3 * x * p3); };
    double ext[4]; int m = 0; ext[m++] = 0;         // monotone pieces
    double A = 3 * p3, B = 2 * p2, C = p1;
    double r1 = -1, r2 = -1;
    if (std::fabs(A) < 1e-300) { if (B != 0) r1 = -C / B; }
    else { double D = B * B - 4 * A * C; if (D >= 0) { double q = -0.5 * (B + (B < 0 ? -1 : 1) * std::sqrt(D)); r1 = q / A; r2 = q != 0 ? C / q : -1; } }
    if (r1 > r2) std::swap(r1, r2);
    if (r1 > 0 && r1 < 1) ext[m++] = r1;
    if (r2 > 0 && r2 < 1) ext[m++] = r2;
    ext[m++] = 1;
    for (int i = 0; i + 1 < m; i++) {
        double lo = ext[i], hi = ext[i + 1], fh = hi == 1 ? v1 : val(hi);
        if (fh < th) continue;
        for (int k = 0; k < 60 && hi - lo > 1e-16; k++) { double x = 0.5 * (lo + hi); (val(x) >= th ? hi : lo) = x; }
        slope = der(hi) / d;
        return hi * d;
    }
    return -1;
}

// ---------------------------------------------------------------- statistics
struct Mean {
    double n = 0, s = 0, q = 0;
    void add(double x) { n++; s += x; q += x * x; }
    double mean() const { return s / n; }
    double var() const { return (q - s * s / n) / (n - 1); }
    double se() const { return std::sqrt(std::fmax(0, var()) / n); }
};
struct Rms {                                        // root mean square with delta-method error and effective sample
    Mean sq; double q4 = 0;
    void add(double e) { sq.add(e * e); q4 += e * e * e * e; }
    double rms() const { return std::sqrt(sq.mean()); }
    double se() const { return sq.mean() > 0 ? sq.se() / (2 * rms()) : 0; }
    double ess() const { return q4 > 0 ? sq.s * sq.s / q4 : 0; }
};
static std::string vs(double v, double e) { char b[96]; snprintf(b, 96, "{\"value\": %.9g, \"se\": %.3g}", v, e); return b; }
static std::string vs(const Mean &m) { return vs(m.mean(), m.se()); }
static double seconds() { timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }
