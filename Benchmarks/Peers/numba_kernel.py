"""Numba: a compiled loop, path by path, with NumPy's generator."""

import numba
import numpy as np

from neuron import *


@numba.njit(fastmath=True)
def simulate(paths, steps):
    np.random.seed(1)
    spikes = 0
    for _ in range(paths):
        v, i = 0.0, 0.0
        for _ in range(steps):
            v = LEAK * v + STEP * (i + DRIVE)
            i = DECAY * i + KICK * np.random.standard_normal()
            if v >= THRESHOLD:
                v = 0.0
                spikes += 1
    return spikes


report(simulate)
