"""The default neuron and the task that all programs are given: Euler and Maruyama's scheme at h = 0.1 ms."""

import sys
import time

STEP, MEMBRANE, SYNAPSE, DRIVE, SIGMA, THRESHOLD = 0.1, 20.0, 5.0, 0.045, 0.02, 1.0
LEAK, DECAY, KICK = 1 - STEP / MEMBRANE, 1 - STEP / SYNAPSE, SIGMA * STEP**0.5


def report(simulate):
    """Runs simulate(paths, steps), once small to warm up, and prints processor seconds, path-steps and spikes."""
    paths, steps = int(sys.argv[1]), int(sys.argv[2])
    simulate(paths, 8)
    began = time.process_time()
    spikes = simulate(paths, steps)
    print(time.process_time() - began, paths * steps, int(spikes))
