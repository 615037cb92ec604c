#!/usr/bin/env python3
"""Second, deterministic route to the stationary rate and lambda_V: the stationary Fokker-Planck equation in (V, I).

Finite volumes: second-order upwind in V (threshold and reset on faces, absorbing where the crossing speed is negative,
flux through threshold re-injected at reset at the same I), Chang-Cooper in I (a face at crossing speed zero), sparse LU.
Four grids, each twice as fine; two extrapolations, one with the observed order and one with the powers 1, 1.5, 2 of the
spacing; their difference says how far to trust them.
Run: python3 fokker_planck.py      (writes fokker_planck.json beside itself; a few minutes)
"""
import json, os, sys, time
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as la


def solve(mu, sigma, nv, ni, tm=20., ts=5., th=1., vr=0.):
    dv = (th - vr) / nv                                     # nv cells between reset and threshold
    sI = sigma * np.sqrt(ts / 2); sV = sI * tm * np.sqrt(ts / (ts + tm))
    lowcells = int(np.ceil((vr - min(mu * tm, vr) + 6.5 * sV - max(0, mu * tm - vr)) / dv)); lowcells = max(lowcells, nv // 2)
    N = lowcells + nv
    vf = th - dv * np.arange(N, -1, -1); vc = 0.5 * (vf[1:] + vf[:-1]); ir = lowcells   # face ir is the reset
    Istar = th / tm - mu
    di = 13 * sI / ni
    kl = int(np.ceil((6.5 * sI + Istar) / di)); kr = int(np.ceil((6.5 * sI - Istar) / di))
    f = Istar + di * np.arange(-kl, kr + 1); c = 0.5 * (f[1:] + f[:-1]); M = len(c)
    idx = lambda i, j: i * M + j
    r, k, x = [], [], []
    def add(row, col, val): r.append(row); k.append(col); x.append(val)
    J = np.arange(M)
    for face in range(1, N + 1):                            # flux through V-faces; row += (in - out)
        a = mu + c - vf[face] / tm
        up, dn = J[a > 0], J[a <= 0]
        L, R = face - 1, face
        terms = []
        if len(up):
            first = L == 0 or L == ir
            terms.append((up, L, a[up] * (1.0 if first else 1.5)))
            if not first: terms.append((up, L - 1, -0.5 * a[up]))
        if len(dn) and face < N:
            first = R == N - 1 or R == ir - 1
            terms.append((dn, R, a[dn] * (1.0 if first else 1.5)))
            if not first: terms.append((dn, R + 1, -0.5 * a[dn]))
        for js, cell, w in terms:
            add(idx(L, js), idx(cell, js), -w / dv)
            add(idx(R if face < N else ir, js), idx(cell, js), w / dv)
    D = sigma ** 2 / 2
    B = -f[1:-1] / ts; w = B * di / D; delta = np.where(np.abs(w) < 1e-8, 0.5 - w / 12, 1 / np.where(w == 0, 1, w) - 1 / np.expm1(np.where(w == 0, 1, w)))
    lo = B * (1 - delta) + D / di; hi = B * delta - D / di  # flux = lo p_j + hi p_{j+1} (checked: vanishes on the Gaussian)
    for i in range(N):
        j = J[:-1]
        add(idx(i, j), idx(i, j), -lo / di); add(idx(i, j + 1), idx(i, j), lo / di)
        add(idx(i, j), idx(i, j + 1), -hi / di); add(idx(i, j + 1), idx(i, j + 1), hi / di)
    n = N * M
    A = sp.coo_matrix((np.concatenate(x), (np.concatenate(r), np.concatenate(k))), shape=(n, n)).tocsc()
    q = idx(ir + nv // 2, M // 2)                           # pin one value, drop its (dependent) equation
    keep = np.arange(n) != q
    A = A.tocsr()[keep]; rhs = -A[:, q].toarray().ravel(); A = A[:, keep].tocsc()
    p = np.empty(n); p[q] = 1; p[keep] = la.splu(A, permc_spec="MMD_AT_PLUS_A").solve(rhs)
    p = p.reshape(N, M); p /= p.sum() * dv * di
    a = mu + c - th / tm; up = a > 0
    flux = a[up] * (1.5 * p[-1, up] - 0.5 * p[-2, up]); nu = flux.sum() * di
    lam = -1 / tm + (flux * np.log1p((th - vr) / (tm * a[up]))).sum() * di
    return nu, lam, (p.sum(1) * vc).sum() * dv * di, (p.sum(1) * np.cos(vc)).sum() * dv * di, float(p.min() / p.max())


out = {"what": "stationary Fokker-Planck equation in (V,I), finite volumes; rate and lambda_V per ms", "parameters": dict(tau_m=20, tau_s=5, E_L=0, V_th=1, V_r=0), "cases": []}
for mu, sigma in [(.045, .02), (.03, .03), (.06, .01), (.06, .03)]:
    res = []
    for nv, ni in [(80, 80), (160, 160), (320, 320), (640, 640)]:
        t0 = time.time(); res.append(solve(mu, sigma, nv, ni)); print(mu, sigma, nv, ni, res[-1], "%.1f s" % (time.time() - t0), file=sys.stderr, flush=True)
    case = {"mu": mu, "sigma": sigma, "cells_from_reset_to_threshold": [80, 160, 320, 640]}
    for m, name in enumerate(["rate", "lambda_V", "E_V", "E_cos_V"]):
        s = [z[m] for z in res]; ratio = (s[-2] - s[-3]) / (s[-1] - s[-2])
        ex = s[-1] + (s[-1] - s[-2]) / (ratio - 1) if ratio > 1.5 else s[-1]
        x = 1 / np.array([80, 160, 320, 640.]); other = np.linalg.solve(np.stack([x ** 0, x, x ** 1.5, x ** 2], 1), np.array(s))[0]
        case[name] = {"by_grid": s, "extrapolated": ex, "observed_order": float(np.log2(ratio)) if ratio > 0 else None, "extrapolated_with_powers_1_1.5_2": float(other), "last_change": s[-1] - s[-2]}
    out["cases"].append(case)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fokker_planck.json"), "w") as fh:
    json.dump(out, fh, indent=1); fh.write("\n")
