// Stationary laws of one noisy leaky integrate-and-fire neuron with synaptic current.
// Exact propagation on a grid of width 2^-7 ms; the first threshold crossing of the cubic Hermite interpolant of each
// cell (interior maxima included) is the spike; the reset then shifts V at the cell's end by
// -(Vth - Vr) exp(-(t_end - t*)/taum), which is exact because the flow is linear.  The same paths are run on a grid four
// times coarser (noise composed exactly): the coupled difference bounds the bias of the grid.
// Independent neurons; standard errors from the spread between neurons.
// Run: stationary [neurons] [ms per neuron]   -> JSON on standard output
#include "oracle.hpp"
struct Run {
    double V = 0, I = 0, last = -1; long n = 0; double ls = 0, c = 0, v = 0, th = 0, sA = 0, iA = 0, i1 = 0, i2 = 0; long ni = 0; long low[4] = {0, 0, 0, 0};
    void clear() { double V0 = V, I0 = I, l = last; *this = Run(); V = V0; I = I0; last = l; }
};
static const double LOW[4] = {0.0025, 0.005, 0.01, 0.02};
static inline void step(Run &r, const Neuron &p, const Cell &c, double nI, double nV, double t) {
    double Vinf = p.EL + p.mu * p.taum, V1 = Vinf + c.em * (r.V - Vinf) + c.K * r.I + p.sigma * nV, I1 = c.es * r.I + p.sigma * nI;
    double s0 = p.mu + r.I - (r.V - p.EL) / p.taum, s1 = p.mu + I1 - (V1 - p.EL) / p.taum;
    if (__builtin_expect(V1 >= p.Vth || r.V + c.d * s0 / 3 >= p.Vth || V1 - c.d * s1 / 3 >= p.Vth, 0)) {
        double A, u = hermiteCrossing(r.V, s0, V1, s1, c.d, p.Vth, A);
        if (u >= 0) {
            V1 -= (p.Vth - p.Vr) * std::exp(-(c.d - u) / p.taum);
            r.n++; r.ls += std::log1p((p.Vth - p.Vr) / (p.taum * A)); r.sA += A; r.iA += 1 / A;
            for (int k = 0; k < 4; k++) r.low[k] += A < LOW[k];
            double ts = t + u; if (r.last >= 0) { double x = ts - r.last; r.i1 += x; r.i2 += x * x; r.ni++; } r.last = ts;
        }
    }
    r.V = V1; r.I = I1;
}
static inline void sample(Run &r) { r.c += std::cos(r.V); r.v += r.V; r.th += std::tanh(r.I); }
int main(int argc, char **argv) {
    long neurons = argc > 1 ? atol(argv[1]) : 2000, len = argc > 2 ? atol(argv[2]) : 25000, burn = 500;
    const double MS[4][2] = {{.045, .02}, {.03, .03}, {.06, .01}, {.06, .03}};
    printf("{\"what\": \"stationary laws; rate and lambda per ms; lambda = -1/taum + rate * E log(1 + (Vth-Vr)/(taum A))\",\n \"parameters\": {\"tau_m\": 20, \"tau_s\": 5, \"E_L\": 0, \"V_th\": 1, \"V_r\": 0},\n"
           " \"method\": \"exact propagation, grid 2^-7 ms, Hermite-located crossings; coarse = same paths on grid 2^-5 ms; standard errors over neurons\",\n"
           " \"neurons\": %ld, \"ms_per_neuron\": %ld, \"burn_in_ms\": %ld, \"seed\": 20250,\n \"cases\": [\n", neurons, len, burn);
    for (int q = 0; q < 4; q++) {
        Neuron p{20, 5, 0, 1, 0, MS[q][0], MS[q][1]};
        Cell f(p, 0x1p-7), g(p, 0x1p-5);
        Mean rate, lam, cv, ev, th, A, drate, dlam, dcos, bal; double ls = 0, n = 0, sA = 0, iA = 0, i1 = 0, i2 = 0, ni = 0, low[4] = {}; Mean iAm, lsm, lowm[4];
        double t0 = seconds();
        for (long k = 0; k < neurons; k++) {
            Xoshiro rng(20250 + q, k); Run a, b; double t = 0;
            for (long ms = -burn; ms < len; ms++) {
                if (ms == 0) { a.clear(); b.clear(); }
                for (int j = 0; j < 32; j++) {
                    double aI = 0, aV = 0, tj = t + j * 0x1p-5;
                    for (int i = 0; i < 4; i++) {
                        double z1 = normal(rng), z2 = normal(rng), nI = f.a11 * z1, nV = f.a21 * z1 + f.a22 * z2;
                        step(a, p, f, nI, nV, tj + i * 0x1p-7);
                        aV = f.em * aV + f.K * aI + nV; aI = f.es * aI + nI;
                    }
                    step(b, p, g, aI, aV, tj);
                }
                t += 1; sample(a); sample(b);
            }
            double T = len;
            rate.add(a.n / T); lam.add(-1 / p.taum + a.ls / T); cv.add(a.c / T); ev.add(a.v / T); th.add(a.th / T);
            drate.add((b.n - a.n) / T); dlam.add((b.ls - a.ls) / T); dcos.add((b.c - a.c) / T);
            bal.add(a.v / T - (p.EL + p.taum * (p.mu - a.n / T * (p.Vth - p.Vr))));
            if (a.n) { A.add(a.sA / a.n); iAm.add(a.iA / a.n); lsm.add(a.ls / a.n); for (int m = 0; m < 4; m++) lowm[m].add(double(a.low[m]) / a.n); }
            n += a.n; ls += a.ls; sA += a.sA; iA += a.iA; i1 += a.i1; i2 += a.i2; ni += a.ni; for (int m = 0; m < 4; m++) low[m] += a.low[m];
        }
        double m = i1 / ni;
        printf("  {\"mu\": %g, \"sigma\": %g, \"spikes\": %.0f, \"seconds\": %.1f,\n   \"rate\": %s, \"lambda_V\": %s,\n   \"E_cos_V\": %s, \"E_V\": %s, \"E_tanh_I\": %s,\n"
               "   \"coarse_minus_fine\": {\"rate\": %s, \"lambda_V\": %s, \"E_cos_V\": %s},\n   \"balance_E_V_minus_EL_minus_taum_mu_plus_taum_rate\": %s,\n"
               "   \"ISI_mean\": %.8g, \"ISI_CV\": %.6g, \"E_log_s\": %s, \"E_A\": %s, \"E_inverse_A\": %s,\n   \"P_A_below\": {\"0.0025\": %s, \"0.005\": %s, \"0.01\": %s, \"0.02\": %s}}%s\n",
               p.mu, p.sigma, n, seconds() - t0, vs(rate).c_str(), vs(lam).c_str(), vs(cv).c_str(), vs(ev).c_str(), vs(th).c_str(),
               vs(drate).c_str(), vs(dlam).c_str(), vs(dcos).c_str(), vs(bal).c_str(), m, std::sqrt(i2 / ni - m * m) / m,
               vs(ls / n, lsm.se()).c_str(), vs(sA / n, A.se()).c_str(), vs(iA / n, iAm.se()).c_str(),
               vs(low[0] / n, lowm[0].se()).c_str(), vs(low[1] / n, lowm[1].se()).c_str(), vs(low[2] / n, lowm[2].se()).c_str(), vs(low[3] / n, lowm[3].se()).c_str(), q < 3 ? "," : "");
        fflush(stdout);
    }
    printf(" ]}\n");
}
