// Euler-Maruyama against the exact process on the same Brownian paths, from V(0) = V0, I(0) = 0 to T = 100 ms.
// Reference: exact propagation on a grid of width 2^-10 ms (64 times finer than the finest Euler step) with
// Hermite-located crossings; the fine cell draws (DW, N_I, N_V) jointly and Euler's increments are sums of the fine DW.
// Audit: the same reference on a grid four times coarser.
// Run: transient case paths     case: default | a | a2 | b | c | e     -> one JSON object on standard output
#include "oracle.hpp"
#include <cstring>
static const int H = 4;                             // h = 2^-1 ... 2^-4
struct Pair { Mean exact, euler, diff; void add(double x, double y) { exact.add(x); euler.add(y); diff.add(y - x); } };
// min(|e|, |width - |e||), and the metric of the line with Vth and Vr glued together (they differ when V < Vr)
static double jumpAware(double e, double w) { e = std::fabs(e); return std::fmin(e, std::fabs(w - e)); }
static double quotient(double a, double b, const Neuron &p) {
    return std::fmin(std::fabs(a - b), std::fmin(std::fabs(a - p.Vr) + std::fabs(b - p.Vth), std::fabs(a - p.Vth) + std::fabs(b - p.Vr)));
}
int main(int argc, char **argv) {
    if (argc < 3) return 1;
    std::string name = argv[1]; long paths = atol(argv[2]); const int T = 100;
    Neuron p{20, 5, 0, 1, 0, .045, .02}; double V0 = 0; uint64_t seed = 777;
    if (name == "a") { p.mu = .03; p.sigma = .006; seed += 1; }
    else if (name == "a2") { p.mu = .03; p.sigma = .01; seed += 5; }
    else if (name == "b") { p.mu = .25; p.sigma = .05; seed += 2; }
    else if (name == "c") { p.taum = p.taus = 10; p.mu = .1; p.sigma = .04; seed += 3; }
    else if (name == "e") { p = {15, 3, -70, -50, -60, 1.2, 1.0}; V0 = -70; seed += 4; }
    else if (name != "default") return 1;
    Cell f(p, 0x1p-10), g(p, 0x1p-8);
    double Vinf = p.EL + p.mu * p.taum, drop = p.Vth - p.Vr;
    auto phi = [&](int k, double V, double I) -> double {
        double v = (V - p.Vr) / drop;
        switch (k) { case 0: return std::cos(V); case 1: return std::exp(-V * V); case 2: return std::tanh(I); case 3: return std::cos(v); default: return std::exp(-v * v); } };
    const char *phiName[5] = {"cos_V", "exp_minus_V2", "tanh_I", "cos_v", "exp_minus_v2"};
    Rms rms[H], rmsI[H], good[H], jump[H], quot[H]; Mean mism[H], more[H], less[H]; Pair cnt[H], ph[H][5]; Mean audit, auditMis, auditCos; Rms auditV; double t0 = seconds(); long spikes = 0;
    struct S { double V, I; long n; };
    auto exactStep = [&](S &r, const Cell &c, double nI, double nV) {
        double V1 = r.V + c.om * (Vinf - r.V) + c.K * r.I + p.sigma * nV, I1 = c.es * r.I + p.sigma * nI;
        double s0 = p.mu + r.I - (r.V - p.EL) / p.taum, s1 = p.mu + I1 - (V1 - p.EL) / p.taum;
        if (__builtin_expect(V1 >= p.Vth || r.V + c.d * s0 / 3 >= p.Vth || V1 - c.d * s1 / 3 >= p.Vth, 0)) {
            double A, u = hermiteCrossing(r.V, s0, V1, s1, c.d, p.Vth, A);
            if (u >= 0) { V1 -= drop * std::exp(-(c.d - u) / p.taum); r.n++; }
        }
        r.V = V1; r.I = I1;
    };
    for (long k = 0; k < paths; k++) {
        Xoshiro rng(seed, k); S x{V0, 0, 0}, y = x, em[H] = {x, x, x, x}; double dw[H] = {};
        for (int b = 0; b < T * 16; b++) {          // blocks of 1/16 ms
            double w = 0;
            for (int j = 0; j < 16; j++) {
                double aI = 0, aV = 0;
                for (int i = 0; i < 4; i++) {
                    double z1 = normal(rng), z2 = normal(rng), z3 = normal(rng);
                    double dW = f.b11 * z1, nV = f.b21 * z1 + f.b22 * z2, R = f.b31 * z1 + f.b32 * z2 + f.b33 * z3, nI = dW - nV * f.its + R;
                    exactStep(x, f, nI, nV); w += dW;
                    aV = f.em * aV + f.K * aI + nV; aI = f.es * aI + nI;
                }
                exactStep(y, g, aI, aV);
            }
            for (int q = 0; q < H; q++) {
                dw[q] += w; int every = 8 >> q;     // h = 2^-(q+1) ms = every blocks
                if ((b + 1) % every == 0) {
                    double h = every / 16., V1 = em[q].V + h * (-(em[q].V - p.EL) / p.taum + p.mu + em[q].I), I1 = em[q].I - h * em[q].I / p.taus + p.sigma * dw[q];
                    if (V1 >= p.Vth) { em[q].n++; V1 = p.Vr; }
                    em[q].V = V1; em[q].I = I1; dw[q] = 0;
                }
            }
        }
        spikes += x.n;
        for (int q = 0; q < H; q++) {
            double e = em[q].V - x.V; bool bad = em[q].n != x.n;
            rms[q].add(e); rmsI[q].add(em[q].I - x.I); jump[q].add(jumpAware(e, drop)); quot[q].add(quotient(em[q].V, x.V, p)); good[q].add(bad ? 0 : e);
            mism[q].add(bad); more[q].add(em[q].n > x.n); less[q].add(em[q].n < x.n); cnt[q].add(x.n, em[q].n);
            for (int m = 0; m < 5; m++) ph[q][m].add(phi(m, x.V, x.I), phi(m, em[q].V, em[q].I));
        }
        audit.add(y.n - x.n); auditMis.add(y.n != x.n); auditV.add(y.V - x.V); auditCos.add(std::cos(y.V) - std::cos(x.V));
    }
    printf("{\"case\": \"%s\", \"parameters\": {\"tau_m\": %g, \"tau_s\": %g, \"E_L\": %g, \"V_th\": %g, \"V_r\": %g, \"mu\": %g, \"sigma\": %g, \"V0\": %g, \"I0\": 0, \"T\": %d},\n"
           " \"paths\": %ld, \"seed\": %lu, \"reference_grid\": \"2^-10 ms\", \"seconds\": %.1f,\n \"spikes_per_path\": %s, \"rate_Hz\": %.6g,\n",
           name.c_str(), p.taum, p.taus, p.EL, p.Vth, p.Vr, p.mu, p.sigma, V0, T, paths, (unsigned long)seed, seconds() - t0, vs(cnt[0].exact).c_str(), cnt[0].exact.mean() / T * 1000);
    printf(" \"exact\": {"); for (int m = 0; m < 5; m++) printf("\"E_%s\": %s%s", phiName[m], vs(ph[0][m].exact).c_str(), m < 4 ? ", " : "},\n");
    printf(" \"audit_grid_2^-8_minus_2^-10\": {\"count\": %s, \"P_mismatch\": %s, \"rms_V\": %s, \"E_cos_V\": %s},\n \"euler_maruyama\": [\n", vs(audit).c_str(), vs(auditMis).c_str(), vs(auditV.rms(), auditV.se()).c_str(), vs(auditCos).c_str());
    for (int q = 0; q < H; q++) {
        printf("  {\"h\": %g, \"rms_V\": %s, \"rms_V_ess\": %.0f, \"rms_V_jump_aware\": %s, \"rms_V_quotient_metric\": %s, \"rms_V_equal_counts_only\": %s, \"rms_I\": %s,\n   \"P_count_mismatch\": %s, \"P_more\": %s, \"P_fewer\": %s, \"count_bias\": %s,\n   ",
               0.5 / (1 << q), vs(rms[q].rms(), rms[q].se()).c_str(), rms[q].ess(), vs(jump[q].rms(), jump[q].se()).c_str(), vs(quot[q].rms(), quot[q].se()).c_str(), vs(good[q].rms(), good[q].se()).c_str(), vs(rmsI[q].rms(), rmsI[q].se()).c_str(),
               vs(mism[q]).c_str(), vs(more[q]).c_str(), vs(less[q]).c_str(), vs(cnt[q].diff).c_str());
        for (int m = 0; m < 5; m++) printf("\"bias_%s\": %s%s", phiName[m], vs(ph[q][m].diff).c_str(), m < 4 ? ", " : "");
        printf("}%s\n", q < H - 1 ? "," : "");
    }
    printf(" ]}\n");
}
