#!/usr/bin/env python3
"""Builds everything, runs it alternately, and writes ../reports/performance: a table, a figure, and the raw numbers.

    Benchmarks/measure.py [--rounds 9] [--python PYTHON] [--before SPIKEVERIFY]

PYTHON is an interpreter with numpy, numba, jax, diffrax and brian2; programs that it lacks are left out and named.  SPIKEVERIFY is
the program as it was once, for which the quickstart study is timed, too.  Times are processor times of the user, or elapsed ones
where several threads work, medians over the rounds; only ratios within a round are claimed.
"""

import argparse
import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
OUTPUT = PROJECT / "reports" / "performance"
QUICKSTART = PROJECT / "convergence" / "quickstart.yaml"

# The task of the programs that run one step size: paths, and steps of each.  The program's start is not to count.
PATHS, STEPS = 64000, 1000


def build(directory):
    kernel = directory / "euler_maruyama"
    subprocess.run(
        ["clang++", "-O3", "-march=native", "-ffp-contract=fast", "-std=c++20", "-pthread",
         HERE / "Kernel" / "euler_maruyama.cpp", "-o", kernel], check=True)
    return kernel, built(HERE, "Workloads"), built(PROJECT, "spikeverify")


def built(package, product):
    command = ["swift", "build", "-c", "release", "--package-path", package]
    subprocess.run([*command, "--product", product], check=True)
    path = subprocess.run([*command, "--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return pathlib.Path(path) / product


def timed(command):
    """Seconds that a command took, and units of work; it prints elapsed seconds, units and spikes.  Text where it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if found.returncode != 0:
        return " ".join(found.stderr.strip().splitlines()[-1:])
    elapsed, units, _ = (float(word) for word in found.stdout.split()[-3:])
    return {"user": after.ru_utime - before.ru_utime, "elapsed": elapsed, "units": units}


def quickstart(spikeverify, threads):
    """Elapsed seconds of the quickstart study, start and reports included."""
    with tempfile.TemporaryDirectory() as directory:
        began = time.monotonic()
        subprocess.run(
            [spikeverify, "run", QUICKSTART, "--threads", str(threads), "--out", directory], check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - began


def programs(kernel, workloads, python):
    peers = HERE / "Peers"
    return {
        "C++ kernel": [kernel, PATHS, STEPS, 1],
        "C++ kernel, 2 threads": [kernel, PATHS, STEPS, 2],
        "one step size": [workloads, "plain-5", PATHS, 1],
        "five step sizes": [workloads, "coupled-5", 32000, 1],
        "five step sizes, joint functionals": [workloads, "joint-5", 64000, 1],
        "five step sizes, joint functionals, 2 threads": [workloads, "joint-5", 64000, 2],
        "exact events": [workloads, "exact", 8000, 1],
        "NumPy": [python, peers / "numpy_kernel.py", PATHS, STEPS],
        "Numba": [python, peers / "numba_kernel.py", PATHS, STEPS],
        "JAX": [python, peers / "jax_kernel.py", PATHS, STEPS],
        "diffrax, virtual Brownian tree": [python, peers / "diffrax_tree.py", 2000, STEPS],
        "Brian2": [python, peers / "brian2_kernel.py", PATHS, STEPS],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--before", type=pathlib.Path, metavar="SPIKEVERIFY")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        kernel, workloads, spikeverify = build(pathlib.Path(directory))
        all_programs = programs(kernel, workloads, options.python)
        studies = {"1 thread": (spikeverify, 1), "2 threads": (spikeverify, 2)}
        if options.before:
            studies["2 threads, before"] = (options.before.resolve(), 2)
        times, missing, loads, quickstarts = {}, {}, [], {name: [] for name in studies}
        for _ in range(options.rounds):
            loads.append(os.getloadavg()[0])
            for name, command in all_programs.items():
                if name in missing:
                    continue
                found = timed(command)
                if isinstance(found, str):
                    missing[name] = found
                    continue
                # Python's start and compilation are no part of the work; its programs time themselves.
                spent = found["elapsed" if command[0] == options.python else "user"]
                times.setdefault(name, []).append(
                    {"user": spent / found["units"], "wall": found["elapsed"] / found["units"]})
            for name, study in studies.items():
                quickstarts[name].append(quickstart(*study))
    write(times, quickstarts, missing, loads)


def speeds(times):
    """Median over the rounds of (time of the C++ kernel)/(time of the program), per unit of work, and the quartiles."""
    base = [t["user"] for t in times["C++ kernel"]]
    table = {}
    for name, runs in times.items():
        ratios = sorted(b / t["user"] for b, t in zip(base, runs))
        table[name] = {"median": statistics.median(ratios), "low": ratios[len(ratios) // 4],
                       "high": ratios[-1 - len(ratios) // 4]}
    return table


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")
    flags = next((line for line in lines if line.startswith("flags")), "")
    widest = "AVX-512" if "avx512dq" in flags else "AVX2" if "avx2" in flags else "SSE2"
    count = sum(line.startswith("processor") for line in lines)
    return f"{model}, {count} cores, {widest}, {platform.system()} {platform.machine()}"


def thread_ratios(times, what):
    """One thread's time over that of two, per unit of work, in ascending order."""
    one, two = (times[f"five step sizes, joint functionals{s}"] for s in ("", ", 2 threads"))
    return sorted(a[what] / b[what] for a, b in zip(one, two))


def quickstart_lines(quickstarts):
    def ratios(numerator, denominator):
        return sorted(a / b for a, b in zip(quickstarts[numerator], quickstarts[denominator]))

    def shown(values):
        return f"{statistics.median(values):.3f} ({values[0]:.3f} .. {values[-1]:.3f})"

    seconds = statistics.median(quickstarts["2 threads"])
    lines = [f"The quickstart study, elapsed time with start and reports: {seconds:.2f} s on two threads.",
             f"One thread takes {shown(ratios('1 thread', '2 threads'))} times as long."]
    if "2 threads, before" in quickstarts:
        lines.append(f"It takes {shown(ratios('2 threads', '2 threads, before'))} of the time that the program took before.")
    return lines


def write(times, quickstarts, missing, loads):
    OUTPUT.mkdir(parents=True, exist_ok=True)
    table = speeds(times)
    wall, user = thread_ratios(times, "wall"), thread_ratios(times, "user")
    shown = {name: row for name, row in table.items() if "2 threads" not in name and name != "exact events"}
    exact = [1e6 * t["user"] for t in times["exact events"]]
    lines = [
        "# Speed", "",
        f"Machine: {machine()}; load average {statistics.median(loads):.1f} ({min(loads):.1f} .. {max(loads):.1f}).",
        f"Medians of {len(loads)} alternating rounds with quartiles, of processor time unless said otherwise.",
        "Measured by `Benchmarks/measure.py`; ratios only are claims.", "",
        "| program | path-steps per second, C++ kernel = 1 | quartiles |", "|---|---|---|"]
    for name, row in shown.items():
        lines.append(f"| {name} | {row['median']:.4f} | {row['low']:.4f} .. {row['high']:.4f} |")
    lines += ["", "The path-steps of five step sizes are those of the finest one; the other four come with them.", "",
              f"Two threads against one, five step sizes with joint functionals: {statistics.median(wall):.2f} times as fast",
              f"({wall[0]:.2f} .. {wall[-1]:.2f}) by elapsed time, which other work on the machine lengthens.  A path takes",
              f"{1 / statistics.median(user):.2f} times the processor time that it takes on one thread",
              f"({1 / user[-1]:.2f} .. {1 / user[0]:.2f}): two free cores would be",
              f"{2 * statistics.median(user):.2f} times as fast.", "",
              *quickstart_lines(quickstarts), "",
              f"Exact events of the default neuron: {statistics.median(exact):.3f} µs per neuron and ms on one core."]
    if missing:
        lines += ["", "Left out, for want of an interpreter that has them: " + ", ".join(missing) + "."]
    (OUTPUT / "README.md").write_text("\n".join(lines) + "\n")
    (OUTPUT / "times.json").write_text(json.dumps(
        {"machine": machine(), "loads": loads, "times": times, "quickstart": quickstarts}, indent=1) + "\n")
    (OUTPUT / "speed.svg").write_text(figure(shown))


def figure(table):
    """Bars on a logarithmic axis, with quartiles as whiskers."""
    import math
    left, width, row = 230, 460, 26
    height = 50 + row * len(table)
    low = 10 ** math.floor(math.log10(min(r["low"] for r in table.values())))

    def x(value):
        return left + width * math.log(value / low) / math.log(2 / low)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 60} {height}" '
             'font-family="sans-serif" font-size="13">',
             '<rect width="100%" height="100%" fill="white"/>']
    tick = low
    while tick <= 1:
        parts.append(f'<line x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="10" y2="{height - 34}" stroke="#ccc"/>'
                     f'<text x="{x(tick):.1f}" y="{height - 18}" text-anchor="middle">{tick:g}</text>')
        tick *= 10
    for k, (name, r) in enumerate(table.items()):
        y = 12 + row * k
        parts.append(f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{name.replace("&", "&amp;")}</text>'
                     f'<rect x="{left}" y="{y}" width="{x(r["median"]) - left:.1f}" height="18" fill="#4477aa"/>'
                     f'<line x1="{x(r["low"]):.1f}" x2="{x(r["high"]):.1f}" y1="{y + 9}" y2="{y + 9}" '
                     'stroke="black" stroke-width="2"/>'
                     f'<text x="{x(r["high"]) + 6:.1f}" y="{y + 14}">{r["median"]:.3g}</text>')
    parts.append(f'<text x="{left}" y="{height - 3}">path-steps per second, C++ kernel = 1</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
