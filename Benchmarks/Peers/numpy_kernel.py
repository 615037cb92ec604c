"""NumPy: one array operation at a time over a block of paths that fits the cache."""

import numpy as np

from neuron import *

BLOCK = 4000


def simulate(paths, steps):
    generator = np.random.default_rng(1)
    spikes = 0
    for _ in range(paths // BLOCK):
        v, i = np.zeros(BLOCK), np.zeros(BLOCK)
        for _ in range(steps):
            v = LEAK * v + STEP * (i + DRIVE)
            i = DECAY * i + KICK * generator.standard_normal(BLOCK)
            fires = v >= THRESHOLD
            spikes += np.count_nonzero(fires)
            v[fires] = 0
    return spikes


report(simulate)
