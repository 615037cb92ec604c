"""NEST through the solver protocol, with method iaf_psc_exp (spikes on the grid) or iaf_psc_exp_ps (precise spikes).

C_m is 1 pF, so that a current in pA is V-units/ms.  Every path is a copy of the network.

iaf_psc_exp gets the noise from step_current_generators through receptor 1, which filters a current by the synapse's
exponential: within a step the current A adds A (1 - e^{-h/tau_s}) to I, so A = sigma dW / (1 - e^{-h/tau_s}).  What a
generator sends arrives LEAD steps later; these steps are simulated first, and are no part of the reply.
iaf_psc_exp_ps has no such receptor and gets sigma dW as the weights of spikes, one at the end of every step.

NEST has no synapse without delay: a delay of 0 becomes one step.
"""
import json, math, sys
from pathlib import Path
import numpy as np


def unsupported(reason):
    print(reason, file=sys.stderr)
    sys.exit(77)


request_file, reply_file = map(Path, sys.argv[1:])
folder, request = request_file.parent, json.loads(request_file.read_text())
h, steps, paths, neurons = (request[key] for key in ("h", "steps", "paths", "neurons"))
p = {name: np.tile(values, paths) for name, values in request["model"]["parameters"].items()}
synapses, model = request["synapses"], request["method"] or "iaf_psc_exp"
precise = model == "iaf_psc_exp_ps"
initial = np.load(folder / request["initial"]).reshape(-1, 2)
if model not in ("iaf_psc_exp", "iaf_psc_exp_ps"):
    unsupported(f"no method {model}: there are iaf_psc_exp and iaf_psc_exp_ps")
if request["model"]["name"] != "current-lif" or "arrivals" in request or set(synapses["jumps"]) - {"current"}:
    unsupported("only current-lif neurons and exponential synapses, without input from outside")
if request["mode"] == "weak":
    unsupported("NEST's noise_generator has no exponential synapse")
if precise and p["t_ref"].min() < h:
    unsupported("iaf_psc_exp_ps needs t_ref of at least one step")
if not precise and initial[:, 1].any():
    unsupported("iaf_psc_exp cannot start with a current")

import nest

nest.set_verbosity("M_ERROR")
# Steps are power-of-two fractions of a ms, which NEST's default of 1000 tics to the ms does not divide.
nest.SetKernelStatus({"tics_per_ms": max(1024, round(1 / h)), "resolution": h})
delays = np.maximum(synapses["delays"], h) if synapses["delays"] else np.array([h])
nest.SetKernelStatus({"min_delay": h, "max_delay": delays.max() + h})
nest.SetDefaults("static_synapse", {"delay": h})
LEAD = 1 if precise else 2

cells = nest.Create(model, paths * neurons)
cells.set({"C_m": 1.0, "V_th": 1e9})
for name, values in {"tau_m": p["tau_m"], "tau_syn_ex": p["tau_s"], "tau_syn_in": p["tau_s"], "E_L": p["E_L"],
                     "V_m": p["V_r"], "V_reset": p["V_r"], "t_ref": p["t_ref"], "I_e": p["mu"]}.items():
    cells.set({name: list(values)})

# A current of one step k acts at its end.
if request["mode"] == "strong":
    jumps = np.load(folder / request["dW"]).transpose(0, 2, 1).reshape(paths * neurons, steps) * p["sigma"][:, None]
    times = list(np.arange(1, steps + 1) * h)
    if precise:
        sources = nest.Create("spike_generator", paths * neurons)
        sources.set([{"spike_times": times, "spike_weights": list(row)} for row in jumps])
        nest.Connect(sources, cells, "one_to_one")
    else:
        jumps /= -np.expm1(-h / p["tau_s"])[:, None]
        times.append((steps + 1) * h)
        sources = nest.Create("step_current_generator", paths * neurons)
        sources.set([{"amplitude_times": times, "amplitude_values": [*row, 0.0]} for row in jumps])
        nest.Connect(sources, cells, "one_to_one", {"receptor_type": 1})

if synapses["targets"]:
    copies = np.arange(paths)[:, None] * neurons + 1  # NEST counts from 1
    source = np.repeat(np.arange(neurons), np.diff(synapses["offsets"]))
    nest.Connect(
        (copies + source).ravel(), (copies + np.array(synapses["targets"])).ravel(), "one_to_one",
        {"synapse_model": "static_synapse", "weight": np.tile(synapses["weights"], paths),
         "delay": np.tile(delays, paths)})

# The neurons' V is in their status; I of iaf_psc_exp only a multimeter tells.
recorder = nest.Create("spike_recorder")
nest.Connect(cells, recorder)
if not precise:
    every = math.gcd(*request["recorded_steps"])
    meter = nest.Create("multimeter", {"record_from": ["V_m", "I_syn_ex", "I_syn_in"], "interval": every * h,
                                       "offset": LEAD * h})
    nest.Connect(meter, cells)

nest.Simulate(LEAD * h)
cells.set({"V_m": list(initial[:, 0])})
cells.set({"V_th": list(p["V_th"])})
if precise:
    cells.set({"I_syn_ex": list(initial[:, 1])})
states, done = [], 0
if precise:
    for step in request["recorded_steps"]:
        nest.Simulate((step - done) * h)
        done = step
        V, excitation, inhibition = (np.array(cells.get(name)).ravel() for name in ("V_m", "I_syn_ex", "I_syn_in"))
        states.append(np.stack((V, excitation + inhibition), -1))
    states = np.stack(states, 1)
else:
    nest.Simulate((steps + 1) * h)
    events = meter.events
    step = np.rint(np.array(events["times"]) / h).astype(int) - LEAD
    order = np.lexsort((step, np.array(events["senders"])))
    step = step[order].reshape(paths * neurons, -1)[0]
    V = np.array(events["V_m"])[order].reshape(paths * neurons, -1)
    I = (np.array(events["I_syn_ex"]) + np.array(events["I_syn_in"]))[order].reshape(paths * neurons, -1)
    wanted = np.isin(step, request["recorded_steps"])
    states = np.stack((V[:, wanted], I[:, wanted]), -1)
states = states.reshape(paths, neurons, -1, 2).transpose(0, 2, 1, 3)

nest.Simulate(2 * h)  # recorders lag behind
events = recorder.events
cell = np.array(events["senders"]) - 1
time = np.array(events["times"]) - LEAD * h
kept = (time > 0) & (time <= steps * h)
rows = np.column_stack((cell // neurons, cell % neurons, time))[kept]
np.save(folder / "spikes.npy", rows[np.argsort(rows[:, 2], kind="stable")].astype("<f8"))
np.save(folder / "states.npy", np.ascontiguousarray(states).astype("<f8"))
reply_file.write_text(json.dumps({
    "protocol": 1, "solver": "nest", "version": nest.__version__, "method": model, "precision": "float64",
    "stamps": "interpolated" if precise else "step-end", "delays": "rounded"}))
