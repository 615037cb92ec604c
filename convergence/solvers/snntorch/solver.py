"""snnTorch's Synaptic neuron through the solver protocol, in its default 32-bit numbers.

Methods are its reset mechanisms: subtract (its default) and zero, which take place one step after the spike, and
subtract-at-once and zero-at-once (reset_delay=False).

Synaptic computes syn' = alpha syn + input, mem' = beta mem + syn'.  So mem is V - E_L, and syn is h I plus the constant
that the drive mu adds in a step.  A reset goes to E_L: V_r must be the same.
"""
import json, sys
from pathlib import Path
import numpy as np
import snntorch
import torch


def unsupported(reason):
    print(reason, file=sys.stderr)
    sys.exit(77)


request_file, reply_file = map(Path, sys.argv[1:])
folder, request = request_file.parent, json.loads(request_file.read_text())
h, steps, paths, neurons = (request[key] for key in ("h", "steps", "paths", "neurons"))
p = {name: torch.tensor(values) for name, values in request["model"]["parameters"].items()}
synapses, method = request["synapses"], request["method"] or "subtract"
if method not in ("subtract", "zero", "subtract-at-once", "zero-at-once"):
    unsupported(f"no method {method}: there are subtract, zero, subtract-at-once and zero-at-once")
if request["model"]["name"] != "current-lif" or "arrivals" in request or set(synapses["jumps"]) - {"current"}:
    unsupported("only current-lif neurons and exponential synapses, without input from outside")
if p["t_ref"].any():
    unsupported("snnTorch has no refractory period")
if (p["V_r"] != p["E_L"]).any():
    unsupported("snnTorch resets to the resting potential: V_r must be E_L")

torch.manual_seed(request["seed"])
noise = {"strong": lambda: torch.tensor(np.load(folder / request["dW"]), dtype=torch.float32),
         "weak": lambda: h**0.5 * torch.randn(paths, steps, neurons),
         "deterministic": lambda: torch.zeros(paths, steps, neurons)}[request["mode"]]()

alpha, beta = torch.exp(-h / p["tau_s"]), torch.exp(-h / p["tau_m"])
drive = (1 - beta) * p["tau_m"] * p["mu"]
cell = snntorch.Synaptic(alpha=alpha, beta=beta, threshold=p["V_th"] - p["E_L"],
                         reset_mechanism=method.removesuffix("-at-once"), reset_delay=not method.endswith("-at-once"))

# A spike is input of the next step at the earliest.
weights = {}
sources = np.repeat(np.arange(neurons), np.diff(synapses["offsets"]))
for source, target, weight, delay in zip(sources, synapses["targets"], synapses["weights"], synapses["delays"]):
    lag = max(1, round(delay / h))
    weights.setdefault(lag, torch.zeros(neurons, neurons))[source, target] += weight
mail = torch.zeros(max(weights, default=0) + 1, paths, neurons)

initial = torch.tensor(np.load(folder / request["initial"]), dtype=torch.float32)
mem, syn = initial[..., 0] - p["E_L"], h * initial[..., 1] + drive
spikes, states, recorded = [], [], set(request["recorded_steps"])
with torch.no_grad():
    for k in range(steps):
        letter = mail[k % len(mail)]
        fired, syn, mem = cell(h * (p["sigma"] * noise[:, k] + letter) + (1 - alpha) * drive, syn, mem)
        letter.zero_()
        for lag, weight in weights.items():
            mail[(k + lag) % len(mail)] += fired @ weight
        spikes.append(np.pad(torch.nonzero(fired).numpy().astype("<f8"), ((0, 0), (0, 1)), constant_values=(k + 1) * h))
        if k + 1 in recorded:
            states.append(np.stack((mem + p["E_L"], (syn - drive) / h), -1).astype("<f8"))

np.save(folder / "spikes.npy", np.concatenate(spikes))
np.save(folder / "states.npy", np.stack(states, 1))
reply_file.write_text(json.dumps({
    "protocol": 1, "solver": "snntorch", "version": snntorch.__version__, "method": method, "precision": "float32",
    "stamps": "step-end", "delays": "rounded"}))
