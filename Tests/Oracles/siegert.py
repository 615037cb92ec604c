#!/usr/bin/env python3
"""Stationary rate of the leaky integrate-and-fire neuron with white noise in V, and erfcx, to 20 digits.

1/rate = tau_ref + sqrt(pi) tau int_a^b e^{z^2} (1 + erf z) dz, a and b = (V - mu tau) / (sigma sqrt(tau)) at reset and threshold.
The integral is done without quadrature: with D Dawson's function, int_0^x e^{z^2} dz = e^{x^2} D(x) in closed form, and
int_0^x e^{z^2} erf z dz = x^2/sqrt(pi) 2F2(1, 1; 3/2, 2; x^2), both by mpmath with as many digits as cancellation costs.
Where |x| > 15, which would need thousands of digits, asymptotic series take over; both are compared where both work.
Units: ms, V-units, V-units/ms (mu), V-units/ms^0.5 (sigma), 1/ms.  Parameters are the IEEE doubles written in the file.
Run: python3 siegert.py       (writes siegert.json beside itself; seconds)
"""
import json, os
from mpmath import mp, mpf, sqrt, pi, exp, erfc, hyp1f1, hyp2f2, log, fac2, nstr, quad
mp.dps = 50


def closed_form(x):
    """int_0^x e^{z^2} (1 + erf z) dz"""
    with mp.workdps(mp.dps + 20 + int(abs(x) ** 2 * 0.87)):
        return x * hyp1f1(mpf(1) / 2, mpf(3) / 2, x * x) + x * x / sqrt(pi) * hyp2f2(1, 1, mpf(3) / 2, 2, x * x)


def far_below(x):
    """the same for x > 15, 2 e^{x^2} D(x) with D's asymptotic series; what is left out is smaller by e^{-225}"""
    return exp(x * x) * sum(fac2(2 * k - 1) / mpf(2) ** k / x ** (2 * k + 1) for k in range(120))


def primitive(x):
    return far_below(x) if x > 15 else closed_form(x)


def exactly(a, b):
    with mp.workdps(mp.dps + 20):
        return primitive(b) - primitive(a)


def far_above(a, b):
    """for b < -15; the smallest term of the series is about e^{-225}"""
    total = log(a / b)
    for k in range(1, 120):
        total += (-1) ** k * fac2(2 * k - 1) / mpf(2) ** k / (2 * k) * (b ** (-2 * k) - a ** (-2 * k))
    return total / sqrt(pi)


def integral(a, b):
    if b <= -15: return far_above(a, b)
    return exactly(-15, b) + far_above(a, mpf(-15)) if a < -15 else exactly(a, b)


def interval(tau, threshold, reset, mu, sigma, refractory):
    tau, threshold, reset, mu, sigma, refractory = map(mpf, (tau, threshold, reset, mu, sigma, refractory))
    if sigma == 0: return refractory + tau * log((mu * tau - reset) / (mu * tau - threshold))
    a, b = ((v - mu * tau) / (sigma * sqrt(tau)) for v in (reset, threshold))
    return refractory + sqrt(pi) * tau * integral(a, b)


assert abs(far_below(mpf(16)) / closed_form(mpf(16)) - 1) < mpf(10) ** -45
assert abs(exactly(mpf(-3), mpf(2)) / quad(lambda z: exp(z * z) * erfc(-z), [-3, 0, 2]) - 1) < mpf(10) ** -45
assert abs(exactly(mpf(-18), mpf(-16)) / far_above(mpf(-18), mpf(-16)) - 1) < mpf(10) ** -45
points = [(20, 1, 0, 0.02, 3 / 1000 ** 0.5, 0), (10, 1, 0, 0.02, 3 / 1000 ** 0.5, 0)]
for mu in (-1, -0.1, 0, 0.02, 0.045, 0.05, 0.0501, 0.06, 0.2, 5, 1000):
    for sigma in (0.02, 0.05, 0.1, 0.5, 3):
        points.append((20, 1, 0, mu, sigma, 2 if len(points) % 2 else 0))
# Below threshold with little noise, down to rates of 1e-300 and far beyond.
points += [(20, 1, 0, 0.03, sigma, 0) for sigma in (0.011, 0.00785, 0.0048, 0.00345, 0.003, 1e-3, 2e-4)]
# Just below, at and above threshold.
points += [(16, 1, 0, mu, sigma, 0) for mu in (0.0625 - 2.0 ** -20, 0.0625, 0.0625 + 2.0 ** -20) for sigma in (1e-2, 1e-4, 1e-6)]
# Above threshold with next to no noise, or none, and the reset far away or close by.
points += [(20, 1, 0, 0.06, sigma, 1.5) for sigma in (1e-3, 1e-6, 1e-12, 1e-100, 0)]
points += [(20, 1, reset, mu, 0.1, 0) for reset in (-1000, 1 - 2.0 ** -10, 1 - 2.0 ** -30) for mu in (-0.02, 0.03, 0.05, 0.1, 100)]
# In mV, with E_L = 0.
points += [(10, 20, 10, mu, sigma, 2) for mu in (0.5, 1.5, 2.5) for sigma in (0.5, 2)]

rates = []
for point in points:
    time = interval(*point)
    rates.append(dict(zip(("tau_m", "V_th", "V_r", "mu", "sigma", "tau_ref"), point)))
    rates[-1].update(rate=nstr(1 / time, 20, min_fixed=0, max_fixed=0), log_rate=nstr(-log(time), 20))
arguments = [-26.5, -20, -5, -1, -0.1, 0, 1e-8, 0.3, 1, 2.5, 5, 7.7, 10, 11.9, 12, 12.1, 15, 26, 27, 40, 1e3, 1e8, 1e200]
erfcx = [{"x": x, "erfcx": nstr(exp(mpf(x) ** 2) * erfc(mpf(x)) if x < 1e6 else 1 / (mpf(x) * sqrt(pi)) * (1 - 1 / (2 * mpf(x) ** 2)), 20, min_fixed=0, max_fixed=0)}
         for x in arguments]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "siegert.json"), "w") as file:
    json.dump({"rates": rates, "erfcx": erfcx}, file, indent=0)
print(len(rates))
