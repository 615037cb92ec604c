#!/usr/bin/env python3
"""Exact second moments of the linear functionals of one Brownian cell, in multiple precision.

A cell has width h; u = h - s is the time to its right end.  Kernels (functions of u):
  chi_k(u) = divided difference of lambda -> exp(lambda u) over (l_0 .. l_k),
             (l_0, l_1, l_2, l_3) = (-1/tau_s, -1/tau_m, 0, 0)
  X_k = int chi_k(h-s) dW_s ;  X_0 = N_I, X_1 = N_V
  DW  = int dW_s (kernel 1) ;  DZ = int (h-s) dW_s (kernel u)
Every kernel is expanded in its Taylor series about u = 0, whose coefficients are complete homogeneous symmetric
polynomials of the nodes over n!: nothing is divided by a difference of nodes, so nothing special happens at
tau_m = tau_s.  Products of series are integrated term by term, at a working precision that covers all cancellation.
Checks made on every run (max relative residuals go to the JSON): closed forms by quadrature, composition of
two cells, and the two exact linear identities among the six functionals.

The parameters are the IEEE doubles nearest to what is written (tau_s = 0.05 is the double 0.05), given in hex too.
Run: python3 cell_covariance.py            (writes cell_covariance.json beside itself; about a minute)
"""
import json, os, sys, time
from mpmath import mp, mpf, matrix, nstr, quad, exp, expm1, sqrt, factorial, linspace

mp.dps = 60
WORK = 260          # digits used for the series
OUT = 24            # digits printed
PAIRS = [(20.0, 5.0, "20, 5"), (10.0, 10.0, "10, 10"), (20.0, 20 * (1 + 1e-9), "20, 20*(1+1e-9)"),
         (10.0, 10 * (1 - 1e-9), "10, 10*(1-1e-9)"), (20.0, 0.05, "20, 0.05"), (1000.0, 2.0, "1000, 2"),
         (2.0, 500.0, "2, 500")]
WIDTHS = [(2.0 ** -30, "2^-30"), (2.0 ** -20, "2^-20"), (2.0 ** -10, "2^-10"), (2.0 ** -5, "2^-5"),
          (0.125, "0.125"), (0.5, "0.5"), (1.0, "1"), (4.0, "4")]
NAMES = ["X0=N_I", "X1=N_V", "X2", "X3", "DW", "DZ"]


def dd_series(nodes, count):
    """Taylor coefficients (of u^n) of the divided difference of exp(lambda u) over nodes, n = 0..count-1."""
    k = len(nodes) - 1
    comp = [mpf(0)] * count                     # h_j(nodes): complete homogeneous symmetric polynomials
    comp[0] = mpf(1)
    for x in nodes:
        for j in range(1, count):
            comp[j] = comp[j] + x * comp[j - 1]
    out, f = [], mpf(1)
    for n in range(count):
        if n > 0:
            f /= n
        out.append(comp[n - k] * f if n >= k else mpf(0))
    return out


def terms_needed(x):
    """number of terms so that x^n/n! (with slack for the double series) is below 10^-(WORK)"""
    n, t = 0, mpf(1)
    lim = mpf(10) ** (-140)
    while t > lim or n < 24:
        n += 1
        t *= x / n
    return n + 12


def integral(a, b, h):
    """int_0^h (sum a_n u^n)(sum b_n u^n) du"""
    n = len(a)
    ah = [a[i] * h ** i for i in range(n)]
    bh = [b[i] * h ** i for i in range(n)]
    total = mpf(0)
    for s in range(2 * n - 1):
        lo, hi = max(0, s - n + 1), min(s, n - 1)
        c = mp.fdot((ah[i], bh[s - i]) for i in range(lo, hi + 1))
        total += c / (s + 1)
    return total * h


def value(a, h):
    t = mpf(0)
    for c in reversed(a):
        t = t * h + c
    return t


def moments(tm, ts, h):
    lam = [-1 / ts, -1 / tm, mpf(0), mpf(0)]
    count = terms_needed(h / min(tm, ts))
    ker = [dd_series(lam[:k + 1], count) for k in range(4)]
    one = [mpf(1)] + [mpf(0)] * (count - 1)
    lin = [mpf(0), mpf(1)] + [mpf(0)] * (count - 2)
    ker += [one, lin]
    C = matrix(6, 6)
    for i in range(6):
        for j in range(i + 1):
            C[i, j] = C[j, i] = integral(ker[i], ker[j], h)
    E = matrix(4, 4)
    for j in range(4):
        for k in range(j + 1):
            E[j, k] = value(dd_series(lam[k:j + 1], count), h)
    # remainder R = N_I - DW + N_V/tau_s, by its own kernel
    rk = [ker[0][n] - one[n] + ker[1][n] / ts for n in range(count)]
    rem = [integral(rk, one, h), integral(rk, ker[1], h), integral(rk, rk, h)]
    return C, E, rem


def cholesky(C, idx):
    n = len(idx)
    L = matrix(n, n)
    for i in range(n):
        for j in range(i + 1):
            s = C[idx[i], idx[j]] - sum((L[i, k] * L[j, k] for k in range(j)), mpf(0))
            L[i, j] = sqrt(s) if i == j else s / L[j, j]
    return L


def rows(M):
    return [[nstr(M[i, j], OUT, strip_zeros=False) for j in range(M.cols)] for i in range(M.rows)]


def lower(M):
    return [[nstr(M[i, j], OUT, strip_zeros=False) for j in range(i + 1)] for i in range(M.rows)]


def check_quadrature(tm, ts, h, C):
    """independent of the series: closed-form kernels, Gauss-Legendre in pieces"""
    old = mp.dps
    mp.dps = 110
    a, b = 1 / ts, 1 / tm
    if a == b:
        chi = [lambda u: exp(-a * u), lambda u: u * exp(-a * u),
               lambda u: (1 - (1 + a * u) * exp(-a * u)) / a ** 2,
               lambda u: (u - (2 - (2 + a * u) * exp(-a * u)) / a) / a ** 2]
    else:
        k1 = lambda u: (exp(-b * u) - exp(-a * u)) / (a - b)
        k2 = lambda u: (-expm1(-b * u) / b + expm1(-a * u) / a) / (a - b)
        k3 = lambda u: ((u + expm1(-b * u) / b) / b - (u + expm1(-a * u) / a) / a) / (a - b)
        chi = [lambda u: exp(-a * u), k1, k2, k3]
    chi += [lambda u: mpf(1), lambda u: u]
    pieces = linspace(0, h, max(2, int(h / min(tm, ts) / 4) + 2))
    worst = mpf(0)
    for i in range(6):
        for j in range(i + 1):
            q = quad(lambda u: chi[i](u) * chi[j](u), pieces, method="gauss-legendre", maxdegree=6)
            worst = max(worst, abs(q / C[i, j] - 1))
    mp.dps = old
    return worst


def main():
    started = time.time()
    out = {"what": "covariance of (X0=N_I, X1=N_V, X2, X3, DW, DZ) of one Brownian cell of width h, and the matrix E "
                   "of composition X(2d) = E(d) X_left + X_right for d = h",
           "method": "Taylor series of divided differences of exp, mpmath with %d digits; values printed to %d "
                     "significant digits" % (WORK, OUT),
           "parameters": "IEEE doubles, see *_hex",
           "order": NAMES,
           "rank": "exactly 4: X2 = tau_m(tau_s(DW-X0)-X1), X3 = tau_m(tau_s(DZ-tau_s(DW-X0))-X2)",
           "cholesky_X": "lower Cholesky factor of the covariance of (X0,X1,X2,X3), rows as lists",
           "cholesky_triple": "lower Cholesky factor of the covariance of (DW, N_V, R), R = N_I - DW + N_V/tau_s",
           "remainder": "R: [Cov(R,DW), Cov(R,N_V), Var(R)]",
           "cases": []}
    worst = {"quadrature": mpf(0), "composition": mpf(0), "identities": mpf(0)}
    for tm_d, ts_d, pname in PAIRS:
        for h_d, hname in WIDTHS:
            mp.dps = WORK
            tm, ts, h = mpf(tm_d), mpf(ts_d), mpf(h_d)
            C, E, rem = moments(tm, ts, h)
            # composition against the moments of 2h, when 2h is cheap
            if h / min(tm, ts) <= 8:
                C2, _, _ = moments(tm, ts, 2 * h)
                X = C[:4, :4]
                D = E * X * E.T + X
                for i in range(4):
                    for j in range(4):
                        worst["composition"] = max(worst["composition"], abs(D[i, j] / C2[i, j] - 1))
            a2 = [-tm * ts, -tm, mpf(-1), mpf(0), tm * ts, mpf(0)]                 # ... . X = 0
            for j in range(6):
                r = sum(a2[i] * C[i, j] for i in range(6))
                worst["identities"] = max(worst["identities"], abs(r / C[2, j]))
            a3 = [tm * ts * ts, mpf(0), -tm, mpf(-1), -tm * ts * ts, tm * ts]
            for j in range(6):
                r = sum(a3[i] * C[i, j] for i in range(6))
                worst["identities"] = max(worst["identities"], abs(r / C[3, j]))
            T = matrix(3, 3)
            T[0, 0] = C[4, 4]
            T[1, 0] = T[0, 1] = C[4, 1]
            T[1, 1] = C[1, 1]
            T[2, 0] = T[0, 2] = rem[0]
            T[2, 1] = T[1, 2] = rem[1]
            T[2, 2] = rem[2]
            LX, LT = cholesky(C, [0, 1, 2, 3]), cholesky(T, [0, 1, 2])
            if h_d in (2.0 ** -10, 0.5, 4.0):
                worst["quadrature"] = max(worst["quadrature"], check_quadrature(tm, ts, h, C))
            out["cases"].append({"tau_m": tm_d, "tau_s": ts_d, "pair": pname, "tau_m_hex": tm_d.hex(),
                                 "tau_s_hex": ts_d.hex(), "h": h_d, "width": hname, "h_hex": h_d.hex(),
                                 "covariance": rows(C), "E": lower(E), "remainder": [nstr(x, OUT) for x in rem],
                                 "cholesky_X": lower(LX), "cholesky_triple": lower(LT)})
            mp.dps = 60
        print(pname, "%.1f s" % (time.time() - started), {k: nstr(v, 3) for k, v in worst.items()}, file=sys.stderr)
    out["worst_relative_residuals"] = {k: nstr(v, 3) for k, v in worst.items()}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cell_covariance.json"), "w") as f:
        json.dump(out, f, indent=1)
        f.write("\n")


main()
