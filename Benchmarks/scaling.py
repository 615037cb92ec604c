#!/usr/bin/env python3
"""Measures how cost grows with 1/h, neurons, paths and synapses, two decades each, and adds a figure to the report.

    Benchmarks/scaling.py [--rounds 5]

Times are processor times of the user per path; each is the median over the rounds, less the time that a program takes which
simulates next to nothing.  What synapses cost is what a network takes longer with them than without.
"""

import argparse
import json
import math
import statistics

from measure import HERE, OUTPUT, built, machine, timed

# Quantity: workloads with the value of the quantity and a number of paths that takes a fraction of a second.
SERIES = {
    "steps per root cell": [(2**k, f"plain-{k}", 2 ** (22 - k)) for k in range(5, 13)],
    "neurons": [(n, f"neurons-{n}", max(64, 16000 // n // 8 * 8)) for n in (1, 3, 10, 30, 100, 300, 1000)],
    "paths": [(n, "joint-5", n) for n in (4800, 16000, 48000, 160000, 480000)],
    "synapses per neuron, of 1000": [(n, f"synapses-{n}", 32) for n in (10, 30, 100, 300, 999)],
}

# What to take off a series' costs, with as many paths, beside the program's start.
BASES = {"synapses per neuron, of 1000": "synapses-0"}


def cost(workloads, name, paths):
    """User seconds of a whole run."""
    found = timed([workloads, name, paths, 1])
    if isinstance(found, str):
        raise SystemExit(f"{name}: {found}")
    return found["user"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    samples = {}
    workloads = built(HERE, "Workloads")
    for _ in range(options.rounds):
        idle = cost(workloads, "plain-0", 8)
        for series, points in SERIES.items():
            base = cost(workloads, BASES[series], points[0][2]) if series in BASES else idle
            for value, name, paths in points:
                seconds = cost(workloads, name, paths) - base
                per = 1 if series == "paths" else paths
                samples.setdefault(series, {}).setdefault(value, []).append(seconds / per)
    medians = {s: {v: statistics.median(t) for v, t in points.items()} for s, points in samples.items()}
    slopes = {s: slope(points) for s, points in medians.items()}
    spreads = {s: spread(points) for s, points in medians.items()}
    lines = {s: line(points) for s, points in medians.items()}
    found = {"machine": machine(), "seconds": medians, "slopes": slopes, "spreads": spreads, "lines": lines}
    (OUTPUT / "scaling.json").write_text(json.dumps(found, indent=1) + "\n")
    for series in medians:
        print(f"{series}: exponent {slopes[series]:.3f}, cost per unit within {100 * spreads[series]:.0f} % of its median;")
        constant, unit, error = lines[series]
        print(f"    a constant as large as {constant / unit:.1f} units and {unit:.3g} s each, to within {100 * error:.0f} %")
    (OUTPUT / "scaling.svg").write_text(figure(medians, slopes))


def slope(points):
    """Least squares slope of log cost by log quantity: 1 is proportional."""
    x = [math.log(v) for v in points]
    y = [math.log(t) for t in points.values()]
    mx, my = statistics.mean(x), statistics.mean(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)


def spread(points):
    """How far the cost per unit of the quantity goes from its median, as a fraction of it."""
    rates = [t / v for v, t in points.items()]
    middle = statistics.median(rates)
    return max(abs(rate / middle - 1) for rate in rates)


def line(points):
    """Constant a and slope b >= 0 of cost = a + b * quantity by least relative squares, and the largest relative error."""
    rows = [(1 / t, v / t) for v, t in points.items()]
    aa, ab, bb = (sum(r[i] * r[j] for r in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
    sa, sb = sum(r[0] for r in rows), sum(r[1] for r in rows)
    a = (sa * bb - sb * ab) / (aa * bb - ab * ab)
    b = (sb - a * ab) / bb
    return a, b, max(abs(a * r[0] + b * r[1] - 1) for r in rows)


def figure(medians, slopes):
    """One panel per quantity, both axes logarithmic, with a line of slope 1 through the largest value."""
    size, gap = 220, 60
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(medians) * (size + gap) + gap} {size + 90}" '
             'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>']
    for k, (series, points) in enumerate(medians.items()):
        left, top = gap + k * (size + gap), 30
        low, high = min(points), max(points)
        cheap, dear = min(points.values()), max(points.values())

        def x(v):
            return left + size * math.log(v / low) / math.log(high / low)

        def y(t):
            return top + size - size * math.log(t / cheap) / math.log(dear / cheap)

        end = points[high]
        start = end * low / high
        clipped = max(start, cheap)
        parts.append(f'<rect x="{left}" y="{top}" width="{size}" height="{size}" fill="none" stroke="#888"/>'
                     f'<line x1="{x(low * clipped / start):.1f}" y1="{y(clipped):.1f}" x2="{x(high):.1f}" '
                     f'y2="{y(end):.1f}" stroke="#cc6677" stroke-dasharray="4 3"/>'
                     f'<text x="{left + size / 2}" y="20" text-anchor="middle">slope {slopes[series]:.2f}</text>'
                     f'<text x="{left + size / 2}" y="{top + size + 40}" text-anchor="middle">{series}</text>'
                     f'<text x="{left}" y="{top + size + 18}" text-anchor="middle">{low}</text>'
                     f'<text x="{left + size}" y="{top + size + 18}" text-anchor="middle">{high}</text>'
                     f'<text x="{left - 6}" y="{top + size}" text-anchor="end">{cheap:.1e} s</text>'
                     f'<text x="{left - 6}" y="{top + 10}" text-anchor="end">{dear:.1e} s</text>')
        for v, t in points.items():
            parts.append(f'<circle cx="{x(v):.1f}" cy="{y(t):.1f}" r="4" fill="#4477aa"/>')
    parts.append(f'<text x="{gap}" y="{size + 85}">processor time per path (all paths in the third panel); '
                 'dashed: proportional</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
