"""Writes reports/simulators/README.md from the results of the studies beside this file, and from the ladders.

    convergence/solvers/setup brian2 nest snntorch
    spikeverify run convergence/simulators/*.yaml --out OUT
    convergence/simulators/ladders OUT
    python3 convergence/simulators/page.py OUT > reports/simulators/README.md
"""
import json, sys
from pathlib import Path

OUT = Path(sys.argv[1])
MEASURES = [("strong-final", ""), ("weak", "spike-count"), ("weak", "cos-V")]
RARE = [("missed-spikes", ""), ("extra-spikes", ""), ("spike-time-bias", ""), ("spike-time-rms", "")]


def number(value, error=None):
    if value is None:
        return "-"
    return f"{value:.3g}" if error is None else f"{value:.3g} ± {error:.1g}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def orders(result):
    rows = []
    for name in dict.fromkeys(order["integrator"] for order in result["orders"]):
        row = [f"`{name}`"]
        for measure in MEASURES:
            order = next(o for o in result["orders"] if o["case"] == "network" and o["integrator"] == name
                         and (o["measure"], o["observable"]) == measure)
            if order.get("order") is None or order.get("ci_low") is None:
                text = "unresolved"
            else:
                text = f"{order['order']:.2f} [{order['ci_low']:.2f}, {order['ci_high']:.2f}]"
            verdict = order["verdict"]
            row.append(text + (f", {verdict}" if verdict != "none" else ""))
        rows.append(row)
    return table(["integrator"] + [" ".join(m).strip() for m in MEASURES], rows)


def values(result, measures):
    finest = min(row["h"] for row in result["rows"])
    rows = []
    for name in dict.fromkeys(row["integrator"] for row in result["rows"]):
        cells = [f"`{name}`"]
        for measure in measures:
            found = next(r for r in result["rows"] if r["case"] == "network" and r["integrator"] == name
                         and r["h"] == finest and (r["measure"], r["observable"]) == measure)
            mark = "" if found["resolved"] else " ?"
            cells.append(number(found.get("value"), found.get("std_error")) + mark)
        rows.append(cells)
    return finest, table(["integrator"] + [" ".join(m).strip() for m in measures], rows)


def same_as_ours(result):
    """The largest difference of any row from that of euler-maruyama."""
    ours = {(r["case"], r["measure"], r["observable"], r["h"]): r.get("value")
            for r in result["rows"] if r["integrator"] == "euler-maruyama"}
    lines = []
    for solver in result["header"].get("solvers", []):
        pairs = [(r.get("value"), ours[(r["case"], r["measure"], r["observable"], r["h"])])
                 for r in result["rows"] if r["integrator"] == solver["integrator"]]
        largest = max(abs(a - b) for a, b in pairs if a is not None and b is not None)
        identity = solver.get("identity")
        if identity:
            stamps = {"step-start": "start of the step", "step-end": "end of the step"}.get(
                identity["stamps"], identity["stamps"])
            lines.append([f"`{solver['integrator']}`", identity["version"], identity["precision"], stamps,
                          number(largest)])
    return table(["solver", "version", "precision", "its own stamps", "largest difference of any row from `euler-maruyama`"], lines)


print((Path(__file__).parent / "page-head.md").read_text())
for study in ("single", "refractory", "feedforward"):
    result = json.loads((OUT / f"simulators-{study}" / "result.json").read_text())
    header = result["header"]
    print(f"## {header['title']}\n")
    print(f"[`{study}.yaml`](../../convergence/simulators/{study}.yaml), {header['paths']} paths, seed {header['seed']}, "
          f"T = 100 ms, against exact-event.\n")
    print(same_as_ours(result) + "\n")
    print("Orders over h = 1, 0.5, 0.25 ms, with 95 % intervals and verdicts (at least 1/2 ± 0.2 strong, 1 ± 0.3 weak):\n")
    print(orders(result) + "\n")
    finest, text = values(result, MEASURES + RARE)
    print(f"Errors at h = {finest} ms, ± one standard error (missed and extra spikes per neuron and path, times in ms; "
          f"`?`: carried by too few paths):\n")
    print(text + "\n")
print("## Ladders\n")
for path in sorted((OUT / "ladders").glob("*.txt")):
    print(f"`{path.stem}`\n\n```\n{path.read_text().strip()}\n```\n")
