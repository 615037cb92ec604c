// Feedforward network, dense between successive layers, zero delay: Euler-Maruyama against the exact process on the
// same Brownian paths, from V = I = 0 to T = 100 ms.  Reference: exact propagation on a grid of width 2^-9 ms (64 times
// finer than the finest Euler step), layer by layer within a cell; a spike located at t* in a cell adds
// w exp(-(t_end - t*)/taus) to I and w K(t_end - t*) to V of every target (before the target's own crossing test).
// Run: feedforward paths [layers] [width] [weight]    -> one JSON object on standard output
#include "oracle.hpp"
static const int H = 3, MAXL = 8, MAXN = 16;
int main(int argc, char **argv) {
    long paths = argc > 1 ? atol(argv[1]) : 8000; const int L = argc > 2 ? atoi(argv[2]) : 3, N = argc > 3 ? atoi(argv[3]) : 4; const double w = argc > 4 ? atof(argv[4]) : 0.01;
    const int T = 100; const uint64_t seed = 4242; Neuron p{20, 5, 0, 1, 0, .045, .02}; Cell f(p, 0x1p-9), g(p, 0x1p-7);
    double Vinf = p.EL + p.mu * p.taum, drop = p.Vth - p.Vr, t0 = seconds();
    struct S { double V, I; long n; };
    struct Net { S s[MAXL][MAXN]; };
    auto advance = [&](Net &net, const Cell &c, const double (*nI)[MAXN], const double (*nV)[MAXN]) {
        double jI = 0, jV = 0;                      // what the layer above sends to every neuron of this one
        for (int l = 0; l < L; l++) {
            double oI = 0, oV = 0;
            for (int i = 0; i < N; i++) {
                S &r = net.s[l][i];
                double V1 = r.V + c.om * (Vinf - r.V) + c.K * r.I + p.sigma * nV[l][i] + jV, I1 = c.es * r.I + p.sigma * nI[l][i] + jI;
                double s0 = p.mu + r.I - (r.V - p.EL) / p.taum, s1 = p.mu + I1 - (V1 - p.EL) / p.taum;
                if (__builtin_expect(V1 >= p.Vth || r.V + c.d * s0 / 3 >= p.Vth || V1 - c.d * s1 / 3 >= p.Vth, 0)) {
                    double A, u = hermiteCrossing(r.V, s0, V1, s1, c.d, p.Vth, A);
                    if (u >= 0) { double left = c.d - u; V1 -= drop * std::exp(-left / p.taum); r.n++; oI += w * std::exp(-left / p.taus); oV += w * kernelK(p, left); }
                }
                r.V = V1; r.I = I1;
            }
            jI = oI; jV = oV;
        }
    };
    Rms rms[H][MAXL + 1]; Mean msq[H][MAXL + 1], mism[H], mismL[H][MAXL], bias[H][MAXL + 1], cosd[H][MAXL + 1], rate[MAXL + 1], auditMis, auditSq, auditCount; static double nI[MAXL][MAXN], nV[MAXL][MAXN], aI[MAXL][MAXN], aV[MAXL][MAXN], dw[H][MAXL][MAXN];
    for (long k = 0; k < paths; k++) {
        Xoshiro rng(seed, k); Net x{}, y{}, em[H] = {};
        for (auto &a : dw) for (auto &b : a) for (auto &c : b) c = 0;
        for (int b = 0; b < T * 8; b++) {           // blocks of 1/8 ms = 64 cells
            for (int j = 0; j < 16; j++) {
                for (int l = 0; l < L; l++) for (int i = 0; i < N; i++) aI[l][i] = aV[l][i] = 0;
                for (int m = 0; m < 4; m++) {
                    for (int l = 0; l < L; l++) for (int i = 0; i < N; i++) {
                        double z1 = normal(rng), z2 = normal(rng), z3 = normal(rng);
                        double dW = f.b11 * z1, v = f.b21 * z1 + f.b22 * z2, R = f.b31 * z1 + f.b32 * z2 + f.b33 * z3, c = dW - v * f.its + R;
                        nI[l][i] = c; nV[l][i] = v; for (int q = 0; q < H; q++) dw[q][l][i] += dW;
                        aV[l][i] = f.em * aV[l][i] + f.K * aI[l][i] + v; aI[l][i] = f.es * aI[l][i] + c;
                    }
                    advance(x, f, nI, nV);
                }
                advance(y, g, aI, aV);
            }
            for (int q = 0; q < H; q++) {
                int every = 4 >> q; if ((b + 1) % every) continue;
                double h = every / 8., arrive = 0;
                for (int l = 0; l < L; l++) {
                    double out = 0;
                    for (int i = 0; i < N; i++) {
                        S &r = em[q].s[l][i];
                        double V1 = r.V + h * (-(r.V - p.EL) / p.taum + p.mu + r.I), I1 = r.I - h * r.I / p.taus + p.sigma * dw[q][l][i]; dw[q][l][i] = 0;
                        if (V1 >= p.Vth) { V1 = p.Vr; r.n++; out += w; }
                        r.V = V1; r.I = I1 + arrive;
                    }
                    arrive = out;
                }
            }
        }
        bool am = false; double as = 0, ac = 0, nall = 0;
        for (int l = 0; l < L; l++) { double nl = 0; for (int i = 0; i < N; i++) { S &X = x.s[l][i], &Y = y.s[l][i]; am |= X.n != Y.n; as += (X.V - Y.V) * (X.V - Y.V) / (L * N); ac += double(Y.n - X.n) / (L * N); nl += X.n; } rate[l].add(nl / N); nall += nl; }
        rate[MAXL].add(nall / (L * N)); auditMis.add(am); auditSq.add(as); auditCount.add(ac);
        for (int q = 0; q < H; q++) {
            bool any = false; double se = 0, sb = 0, sc = 0;
            for (int l = 0; l < L; l++) {
                double e2 = 0, bl = 0, cl = 0; bool ml = false;
                for (int i = 0; i < N; i++) { S &X = x.s[l][i], &E = em[q].s[l][i]; double e = E.V - X.V; e2 += e * e; rms[q][l].add(e); rms[q][MAXL].add(e); bl += E.n - X.n; cl += std::cos(E.V) - std::cos(X.V); ml |= E.n != X.n; }
                msq[q][l].add(e2 / N); bias[q][l].add(bl / N); cosd[q][l].add(cl / N); mismL[q][l].add(ml); any |= ml; se += e2; sb += bl; sc += cl;
            }
            msq[q][MAXL].add(se / (L * N)); bias[q][MAXL].add(sb / (L * N)); cosd[q][MAXL].add(sc / (L * N)); mism[q].add(any);
        }
    }
    auto root = [](const Mean &m) { double r = std::sqrt(m.mean()); return vs(r, r > 0 ? m.se() / (2 * r) : 0); };
    auto list = [&](auto fn) { std::string s = "["; for (int l = 0; l < L; l++) s += (l ? ", " : "") + fn(l); return s + "]"; };
    printf("{\"what\": \"Euler-Maruyama against the exact process, feedforward network, V(0)=I(0)=0\",\n \"parameters\": {\"layers\": %d, \"width\": %d, \"weight\": %g, \"delay\": 0, \"tau_m\": 20, \"tau_s\": 5, \"E_L\": 0, \"V_th\": 1, \"V_r\": 0, \"mu\": 0.045, \"sigma\": 0.02, \"T\": %d},\n"
           " \"method\": \"reference: exact propagation, grid 2^-9 ms, Hermite-located crossings; standard errors over paths\", \"paths\": %ld, \"seed\": %lu, \"seconds\": %.1f,\n", L, N, w, T, paths, (unsigned long)seed, seconds() - t0);
    printf(" \"spikes_per_neuron_by_layer\": %s, \"spikes_per_neuron\": %s,\n", list([&](int l) { return vs(rate[l]); }).c_str(), vs(rate[MAXL]).c_str());
    printf(" \"audit_grid_2^-7_against_2^-9\": {\"P_any_count_mismatch\": %s, \"rms_V\": %s, \"count_per_neuron\": %s},\n \"euler_maruyama\": [\n", vs(auditMis).c_str(), root(auditSq).c_str(), vs(auditCount).c_str());
    for (int q = 0; q < H; q++)
        printf("  {\"h\": %g, \"rms_V_by_layer\": %s, \"rms_V_network\": %s, \"rms_V_network_ess\": %.0f,\n   \"P_any_count_mismatch\": %s, \"P_any_count_mismatch_by_layer\": %s,\n   \"count_bias_per_neuron\": %s, \"count_bias_per_neuron_by_layer\": %s,\n   \"bias_cos_V\": %s, \"bias_cos_V_by_layer\": %s}%s\n", 0.5 / (1 << q),
               list([&](int l) { return root(msq[q][l]); }).c_str(), root(msq[q][MAXL]).c_str(), rms[q][MAXL].ess(), vs(mism[q]).c_str(), list([&](int l) { return vs(mismL[q][l]); }).c_str(),
               vs(bias[q][MAXL]).c_str(), list([&](int l) { return vs(bias[q][l]); }).c_str(), vs(cosd[q][MAXL]).c_str(), list([&](int l) { return vs(cosd[q][l]); }).c_str(), q < H - 1 ? "," : "");
    printf(" ]}\n");
}
