#!/usr/bin/env python3
"""Deterministic transient (sigma = 0): spike times from closed forms, and what Euler-Maruyama makes of them.

Between spikes V(t) = V_inf + (V_0 - V_inf) e^{-t/tau_m} + K(t) I_0 and I(t) = I_0 e^{-t/tau_s}; with I = 0 the first
passage is elementary, t = tau_m log((V_inf - V_0)/(V_inf - V_th)); otherwise the first root is bracketed on a fine grid
(with the extrema of V found first) and polished to 40 digits.
Run: python3 deterministic.py       (writes deterministic.json beside itself; seconds)
"""
import json, os
from mpmath import mp, mpf, exp, expm1, log, cos, tanh, nstr, findroot
mp.dps = 50
T = 100


def kernel(u, tm, ts):
    return u * exp(-u / ts) if tm == ts else (exp(-u / tm) - exp(-u / ts)) / (1 / ts - 1 / tm)


def exact(p, V0, I0):
    """spike times, and the state at T"""
    tm, ts, EL, th, r, mu = (mpf(p[k]) for k in ("tau_m", "tau_s", "E_L", "V_th", "V_r", "mu"))
    vinf, times, t, V, I = EL + mu * tm, [], mpf(0), mpf(V0), mpf(I0)
    while True:
        f = lambda u: vinf + (V - vinf) * exp(-u / tm) + kernel(u, tm, ts) * I - th
        df = lambda u: -(f(u) + th - EL) / tm + mu + I * exp(-u / ts)
        hit = None
        if I == 0:
            if vinf > th: hit = tm * log((vinf - V) / (vinf - th))
        else:
            step, u = mpf(1) / 16, mpf(0)
            while t + u < T:
                a, b = u, u + step
                if df(a) > 0 > df(b):
                    b2 = findroot(df, (a, b), solver="anderson", tol=mpf(10) ** -80)
                    if f(b2) >= 0: b = b2
                if f(b) >= 0:
                    for _ in range(160):
                        m = (a + b) / 2
                        a, b = (a, m) if f(m) >= 0 else (m, b)
                    hit = b
                    break
                u += step
        if hit is None or t + hit > T:
            u = T - t
            return times, f(u) + th, I * exp(-u / ts)
        t += hit
        times.append(t)
        V, I = r, I * exp(-hit / ts)


def euler(p, V0, I0, h):
    tm, ts, EL, th, r, mu = (p[k] for k in ("tau_m", "tau_s", "E_L", "V_th", "V_r", "mu"))
    V, I, times = float(V0), float(I0), []
    for k in range(round(T / h)):
        V, I = V + h * (-(V - EL) / tm + mu + I), I - h * I / ts
        if V >= th:
            times.append((k + 1) * h)
            V = r
    return times, V, I


BASE = dict(tau_m=20.0, tau_s=5.0, E_L=0.0, V_th=1.0, V_r=0.0, mu=0.06)
CASES = [("d", BASE, 0.0, 0.0), ("d, with current", BASE, 0.25, 0.125), ("d, equal time constants", dict(BASE, tau_m=10.0, tau_s=10.0, mu=0.125), 0.25, 0.0625),
         ("d, spike only by the transient (interior maximum)", dict(BASE, mu=0.03), 0.5, 0.25), ("d, in mV", dict(tau_m=15.0, tau_s=3.0, E_L=-70.0, V_th=-50.0, V_r=-60.0, mu=1.5), -70.0, 4.0)]
out = {"what": "sigma = 0, T = 100 ms: exact spike times and Euler-Maruyama's errors", "note": "parameters are the nearest IEEE doubles; Euler in double precision", "cases": []}
for name, p, V0, I0 in CASES:
    ts, V, I = exact(p, V0, I0)
    c = {"case": name, "parameters": dict(p, V0=V0, I0=I0, T=T, sigma=0), "spike_times": [nstr(x, 22) for x in ts], "V_T": nstr(V, 22), "I_T": nstr(I, 22), "euler_maruyama": []}
    for h in (0.5, 0.25, 0.125, 0.0625):
        es, eV, eI = euler(p, V0, I0, h)
        c["euler_maruyama"].append({"h": h, "spike_times": es, "spike_time_errors": [nstr(mpf(a) - b, 17) for a, b in zip(es, ts)], "count_error": len(es) - len(ts),
                                    "V_T": eV, "I_T": eI, "V_error_T": nstr(eV - V, 15), "I_error_T": nstr(eI - I, 15), "cos_V_error_T": nstr(cos(mpf(eV)) - cos(V), 15),
                                    "exp_minus_V2_error_T": nstr(exp(-mpf(eV) ** 2) - exp(-V ** 2), 15), "tanh_I_error_T": nstr(tanh(mpf(eI)) - tanh(I), 15)})
    out["cases"].append(c)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "deterministic.json"), "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
for c in out["cases"]: print(c["case"], c["spike_times"], c["V_T"], [(e["h"], e["spike_times"], e["V_error_T"][:9]) for e in c["euler_maruyama"]])
