"""Brian2 through the solver protocol, with method euler, exponential_euler, or exact (sigma = 0 only).

The increments come in by a TimedArray: Brian2 evaluates it at the start of a step, and a step of its Euler method adds
h * sigma * dW/h to I.  Every path is a copy of the network in one NeuronGroup.  Brian2 stamps a spike with the start of
its step.
"""
import json, sys
from pathlib import Path
import numpy as np
import brian2 as b2
from brian2 import ms


def unsupported(reason):
    print(reason, file=sys.stderr)
    sys.exit(77)


request_file, reply_file = map(Path, sys.argv[1:])
folder, request = request_file.parent, json.loads(request_file.read_text())
h, steps, paths, neurons = (request[key] for key in ("h", "steps", "paths", "neurons"))
parameters = {name: np.tile(values, paths) for name, values in request["model"]["parameters"].items()}
synapses, method = request["synapses"], request["method"] or "euler"
if request["model"]["name"] != "current-lif" or "arrivals" in request or set(synapses["jumps"]) - {"current"}:
    unsupported("only current-lif neurons and exponential synapses, without input from outside")
if method not in ("euler", "exponential_euler", "exact"):
    unsupported(f"no method {method}: there are euler, exponential_euler and exact")
if method == "exact" and request["mode"] != "deterministic":
    unsupported("Brian2's exact method takes no noise")

b2.prefs.codegen.target = "cython" if paths * neurons * steps > 1e6 else "numpy"
b2.defaultclock.dt = h * ms

# In strong mode the noise is a held current, in weak mode Brian2's own.
noise, namespace = "", {}
if request["mode"] == "strong":
    dW = np.load(folder / request["dW"]).transpose(1, 0, 2).reshape(steps, paths * neurons)
    namespace["noise"] = b2.TimedArray(dW / h, dt=h * ms)
    noise = "+ sigma * noise(t, i) / ms"
elif request["mode"] == "weak":
    noise = "+ sigma * xi / ms**0.5"
    if method != "euler":
        unsupported(f"{method} with Brian2's own noise")
    b2.seed(request["seed"])

# exponential_euler wants equations that are linear in their own variable, one by one; all have these names and units.
group = b2.NeuronGroup(
    paths * neurons,
    f"""
    dv/dt = (E_L - v) / tau_m + (mu + current) / ms : 1 (unless refractory)
    dcurrent/dt = -current / tau_s {noise} : 1
    E_L : 1 (constant)
    V_th : 1 (constant)
    V_r : 1 (constant)
    mu : 1 (constant)
    sigma : 1 (constant)
    tau_m : second (constant)
    tau_s : second (constant)
    t_ref : second (constant)
    """,
    threshold="v >= V_th", reset="v = V_r", refractory="t_ref", method=method, namespace=namespace)
for name in ("E_L", "V_th", "V_r", "mu", "sigma"):
    setattr(group, name, parameters[name])
for name in ("tau_m", "tau_s", "t_ref"):
    setattr(group, name, parameters[name] * ms)
initial = np.load(folder / request["initial"]).reshape(-1, 2)
group.v, group.current = initial[:, 0], initial[:, 1]

parts = [group]
if synapses["targets"]:
    sources = np.repeat(np.arange(neurons), np.diff(synapses["offsets"]))
    copies = np.arange(paths)[:, None] * neurons
    joined = b2.Synapses(group, group, "w : 1 (constant)", on_pre="current_post += w")
    joined.connect(i=(copies + sources).ravel(), j=(copies + np.array(synapses["targets"])).ravel())
    joined.w = np.tile(synapses["weights"], paths)
    joined.delay = np.tile(synapses["delays"], paths) * ms
    parts.append(joined)
spikes = b2.SpikeMonitor(group)
network = b2.Network(*parts, spikes)

states, done = [], 0
for step in request["recorded_steps"]:
    network.run((step - done) * h * ms)
    done = step
    states.append(np.stack((group.v[:], group.current[:]), -1).reshape(paths, neurons, 2))

cells = np.asarray(spikes.i)
rows = np.column_stack((cells // neurons, cells % neurons, np.asarray(spikes.t / ms)))
np.save(folder / "spikes.npy", rows.astype("<f8"))
np.save(folder / "states.npy", np.stack(states, 1).astype("<f8"))
reply_file.write_text(json.dumps({
    "protocol": 1, "solver": "brian2", "version": b2.__version__, "method": method, "precision": "float64",
    "stamps": "step-start", "delays": "rounded"}))
