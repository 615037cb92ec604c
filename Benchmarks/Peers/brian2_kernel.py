"""Brian2, C++ standalone: one neuron per path; processor time of the program that it generates."""

import resource
import tempfile

from brian2 import *
from brian2 import device

from neuron import DRIVE, MEMBRANE, SIGMA, STEP, SYNAPSE, sys

paths, steps = int(sys.argv[1]), int(sys.argv[2])
set_device("cpp_standalone", directory=None, build_on_run=False)
prefs.devices.cpp_standalone.extra_make_args_unix = []
prefs.codegen.cpp.extra_compile_args_gcc = ["-O3", "-march=native", "-ffast-math", "-w"]
defaultclock.dt = STEP * ms
equations = """
dv/dt = (-v / (MEMBRANE * ms) + DRIVE / ms + c / ms) : 1
dc/dt = -c / (SYNAPSE * ms) + SIGMA * xi * ms**-0.5 : 1
"""
neurons = NeuronGroup(paths, equations, threshold="v >= 1", reset="v = 0", method="euler",
                      namespace={"MEMBRANE": MEMBRANE, "DRIVE": DRIVE, "SYNAPSE": SYNAPSE, "SIGMA": SIGMA})
counter = SpikeMonitor(neurons, record=False)
run(steps * STEP * ms)
with tempfile.TemporaryDirectory() as directory:
    device.build(directory=directory, compile=True, run=False)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    device.run(directory, with_output=False, run_args=[])
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, paths * steps, counter.num_spikes)
