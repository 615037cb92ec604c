"""Euler-Maruyama in NumPy: the template of a solver.  Copy it and put your simulator's step into the loop."""
import json, sys
from pathlib import Path
import numpy as np

request_file, reply_file = map(Path, sys.argv[1:])
folder, request = request_file.parent, json.loads(request_file.read_text())
h, steps, paths, neurons = (request[key] for key in ("h", "steps", "paths", "neurons"))
synapses = request["synapses"]
if request["model"]["name"] != "current-lif" or "arrivals" in request or set(synapses["jumps"]) - {"current"}:
    print("only current-lif neurons and exponential synapses, without input from outside", file=sys.stderr)
    sys.exit(77)
p = {name: np.array(values) for name, values in request["model"]["parameters"].items()}
dW = {"strong": lambda: np.load(folder / request["dW"]),
      "weak": lambda: np.random.default_rng(request["seed"]).normal(0, h**0.5, (paths, steps, neurons)),
      "deterministic": lambda: np.zeros((paths, steps, neurons))}[request["mode"]]()

# Weights by the number of steps that a spike takes; one that arrives inside a step acts on V and I by its end.
weights = {}
sources = np.repeat(np.arange(neurons), np.diff(synapses["offsets"]))
for source, target, weight, delay in zip(sources, synapses["targets"], synapses["weights"], synapses["delays"]):
    lag = int(np.ceil(delay / h - 1e-6))
    on_V, on_I = weights.setdefault(lag, np.zeros((2, neurons, neurons)))
    on_V[source, target] += weight * (lag * h - delay)
    on_I[source, target] += weight * (1 - (lag * h - delay) / p["tau_s"][target])
mail = np.zeros((max(weights, default=0) + 1, 2, paths, neurons))

V, I = np.moveaxis(np.load(folder / request["initial"]), -1, 0)
held_until = np.full((paths, neurons), -np.inf)
spikes, states, recorded = [], [], set(request["recorded_steps"])
for k in range(steps):
    start, letter = V, mail[k % len(mail)]
    V, I = V + h * ((p["E_L"] - V) / p["tau_m"] + p["mu"] + I), I - h * I / p["tau_s"] + p["sigma"] * dW[:, k]
    V, I = V + letter[0], I + letter[1]
    free = np.clip(k + 1 - held_until / h, 0, 1)  # the part of the step outside the refractory period
    V = np.where(free < 1, p["V_r"] + free * (V - start), V)
    fired = V >= p["V_th"]
    V = np.where(fired, p["V_r"], V)
    held_until = np.where(fired, (k + 1) * h + p["t_ref"], held_until)
    letter[:] = 0
    for lag, (on_V, on_I) in weights.items():
        mail[(k + lag) % len(mail)] += fired @ on_V, fired @ on_I
    if 0 in weights:
        I, letter[:] = I + letter[1], 0
    spikes.append(np.column_stack((np.argwhere(fired), np.full(fired.sum(), (k + 1) * h))))
    if k + 1 in recorded:
        states.append(np.stack((V, I), -1))

np.save(folder / "spikes.npy", np.concatenate(spikes).astype("<f8"))
np.save(folder / "states.npy", np.stack(states, 1))
reply_file.write_text(json.dumps({"protocol": 1, "solver": "numpy", "version": np.__version__,
    "method": "Euler-Maruyama", "precision": "float64", "stamps": "step-end"}))
