#!/usr/bin/env python3
"""Distances of pairs of spike trains by Elephant and PySpike, on trains made with a fixed seed.

Victor-Purpura and van Rossum distances and the CV of interspike intervals come from Elephant; ISI- and SPIKE-distance and
SPIKE-synchronization from PySpike, whose three measures drop repeated spikes.  Values that are not finite are written as null.
They have neither a coincidence factor nor P(two neurons fire within a lag): these come from the few lines of numpy below,
straight from their definitions.  `spike_backwards` is the SPIKE-distance of the same trains with time reversed.
Run: pip install elephant pyspike quantities neo; python3 spike_distances.py   (writes spike_distances.json; seconds)
"""
import json, math, os, warnings
from importlib.metadata import version
import numpy as np, neo, pyspike
import quantities as pq
from elephant.spike_train_dissimilarity import van_rossum_distance, victor_purpura_distance
from elephant.statistics import cv
from scipy.optimize import linear_sum_assignment

warnings.simplefilter("ignore")
random = np.random.default_rng(20240607)
COSTS = [0, 0.01, 0.1, 1, 10, math.inf]
CONSTANTS = [0.1, 1, 10, 100, math.inf]
PRECISIONS = [0.5, 2, 5]
LAGS = [0, 0.25, 1, 3, 10, 1000]


def poisson(rate, window):
    length = window[1] - window[0]
    return np.sort(np.round(window[0] + length * random.random(random.poisson(rate * length)), 4))


def jittered(train, spread, window):
    return np.sort(np.clip(np.round(train + spread * random.standard_normal(len(train)), 4), *window))


def bursts(window):
    """bursts of one to six spikes, 0.5 to 3 ms apart"""
    trains = [start + np.cumsum(0.5 + 2.5 * random.random(random.integers(1, 7))) for start in poisson(0.03, window)]
    train = np.sort(np.round(np.concatenate(trains + [np.empty(0)]), 4))
    return train[train <= window[1]]


def pairs():
    windows = [(0, 100), (0, 250), (-50, 75), (1000, 1020), (0, 12.5)]
    for k in range(110):
        window = windows[k % len(windows)]
        yield "poisson", window, poisson([0.02, 0.05, 0.1, 0.2][k % 4], window), poisson([0.05, 0.1, 0.02][k % 3], window)
    for k in range(40):
        window = windows[k % 3]
        train = poisson(0.1, window)
        yield "jittered", window, train, jittered(train, [1e-4, 0.1, 1, 5][k % 4], window)
    for k in range(30):
        yield "bursts", (0, 200), bursts((0, 200)), bursts((0, 200))
    for k in range(20):
        train = poisson(0.1, (0, 200))
        yield "identical", (0, 200), train, train.copy()
    for k in range(30):
        a, b = poisson(0.08, (0, 150)), poisson(0.08, (0, 150))
        shared = random.choice(np.union1d(a, b), 3)
        yield "duplicates", (0, 150), np.sort(np.concatenate([a, a[:2], shared])), np.sort(np.concatenate([b, shared]))
    for k in range(20):
        # On a coarse grid many spikes coincide and many intervals are equal.
        yield "grid", (0, 64), np.unique(np.round(poisson(0.2, (0, 64)))), np.unique(np.round(poisson(0.2, (0, 64))))
    special = [[], [0], [40], [0, 40], [10], [20, 20], [39.5], [0, 10, 20, 30, 40], [5, 15], [1, 2], [38, 39.5], [20]]
    for i, a in enumerate(special):
        for b in special[: i + 1]:
            yield "special", (0, 40), np.array(a, float), np.array(b, float)


def coincidences(a, b, precision):
    """the largest matching, by the assignment problem"""
    if not len(a) or not len(b): return 0
    near = np.abs(a[:, None] - b[None, :]) <= precision
    rows, columns = linear_sum_assignment(near, maximize=True)
    return int(near[rows, columns].sum())


def gamma(a, b, precision, window):
    covered = 2 * precision * len(b) / (window[1] - window[0])
    if covered >= 1 or len(a) + len(b) == 0: return None
    return (coincidences(a, b, precision) - covered * len(a)) / ((len(a) + len(b)) / 2) / (1 - covered)


def joint(a, b):
    near = []
    for x, y in ((a, b), (b, a)):
        near += [np.abs(y - t).min() if len(y) else math.inf for t in x]
    return [float(np.mean(np.array(near) <= lag)) for lag in LAGS] if near else None


def finite(value):
    return float(value) if value is not None and math.isfinite(value) else None


def compare(kind, window, a, b):
    trains = [neo.SpikeTrain(t, units="ms", t_start=window[0], t_stop=window[1]) for t in (a, b)]
    spiky = [pyspike.SpikeTrain(t, window) for t in (a, b)]
    backwards = [pyspike.SpikeTrain(sum(window) - t[::-1], window) for t in (a, b)]
    return {
        "kind": kind, "window": window, "first": a.tolist(), "second": b.tolist(),
        "victor_purpura": [finite(victor_purpura_distance(trains, q / pq.ms)[0, 1]) for q in COSTS],
        "van_rossum": [finite(van_rossum_distance(trains, tau * pq.ms)[0, 1]) for tau in CONSTANTS],
        "isi": finite(pyspike.isi_distance(*spiky)), "spike": finite(pyspike.spike_distance(*spiky)),
        "spike_backwards": finite(pyspike.spike_distance(*backwards)),
        "synchronization": finite(pyspike.spike_sync(*spiky)),
        "gamma": [finite(gamma(a, b, precision, window)) for precision in PRECISIONS],
        "joint": joint(a, b),
        "cv": [finite(cv(np.diff(t))) if len(t) > 2 else None for t in (a, b)],
    }


result = {
    "versions": {name: version(name) for name in ("elephant", "pyspike", "neo", "quantities", "numpy", "scipy")},
    "costs": [str(q) for q in COSTS], "time_constants": [str(tau) for tau in CONSTANTS],
    "precisions": PRECISIONS, "lags": LAGS,
    "pairs": [compare(*pair) for pair in pairs()],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "spike_distances.json"), "w") as file:
    head = {key: value for key, value in result.items() if key != "pairs"}
    file.write(json.dumps(head)[:-1] + ', "pairs": [\n')
    file.write(",\n".join(json.dumps(pair, separators=(",", ":")) for pair in result["pairs"]) + "\n]}\n")
