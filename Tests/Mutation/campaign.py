"""Runs for every mutant the suites that reach it, the shortest first, until one of them fails."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading
import time

# A suite is named by its module and the suites that it is part of; what follows is the test.
SUITE = re.compile(r"^(\w+\.[\w.`/]+)/[^/]+$")
# A suite that takes longer than this on its own is none of the fast ones.
LONGEST_SUITE = 120


def key(site):
    """Stays the same where lines move."""
    place = f", place {site['occurrence'] + 1}" if site["occurrence"] else ""
    return f"{site['file']}: {site['source']}: {site['original']} → {site['mutated']}{place}"


def test_process(tree, suites, environment):
    binary = tree / ".build/release/spikeverifyPackageTests.xctest"
    filters = [part for suite in suites for part in ("--filter", "^" + re.escape(suite) + "/")]
    return subprocess.Popen(
        [str(binary), "--testing-library", "swift-testing", *filters], cwd=tree, text=True, errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        env=os.environ | environment | {"SWIFT_BACKTRACE": "enable=no", "NO_COLOR": "1"})


def outcome(tree, suites, environment, limit):
    """`green`, the first failure, `crash` or `timeout`, and the seconds it took."""
    began = time.monotonic()
    process = test_process(tree, suites, environment)
    timed_out = threading.Event()

    def stop():
        timed_out.set()
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(limit, stop)
    timer.start()
    failure = None
    for line in process.stdout:
        if "✘" in line:
            failure = line.strip()[2:200]
            os.killpg(process.pid, signal.SIGKILL)
            break
    timer.cancel()
    code = process.wait()
    took = time.monotonic() - began
    if failure:
        return failure, took
    if timed_out.is_set():
        return "timeout", took
    return ("green" if code == 0 else f"crash ({code})"), took


def suites(tree):
    listing = subprocess.run(["swift", "test", "-c", "release", "list", "--skip-build"], cwd=tree,
                             capture_output=True, text=True, check=True).stdout
    names = {match.group(1) for line in listing.splitlines() if (match := SUITE.match(line))}
    return sorted(names)


def versions(tree):
    """For every suite a digest of the files that have its tests."""
    texts = {path: path.read_text() for path in sorted((tree / "Tests").rglob("*.swift"))}
    found = {}
    for suite in suites(tree):
        module, name = suite.split(".", 1)[0], re.escape(suite.rsplit("/", 1)[-1].rsplit(".", 1)[-1])
        declared = re.compile(rf"\b(?:struct|class|actor|enum|extension) `?{name}`?\b")
        own = [text for path, text in texts.items() if module in path.parts and declared.search(text)]
        found[suite] = hashlib.sha256("".join(own).encode()).hexdigest()[:12]
    return found


def coverage(tree, jobs, mutants):
    """For every suite how long it takes and which mutants it reaches; those that have changed are run again."""
    path = tree / "coverage.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    current = versions(tree)
    known = {suite: entry for suite, entry in known.items() if entry["version"] == current.get(suite)}
    by_number = {site["number"]: identity for identity, site in mutants.items()}

    def measure(suite):
        with tempfile.NamedTemporaryFile("r") as reached:
            result, took = outcome(tree, [suite], {"REACHED": reached.name}, LONGEST_SUITE)
            numbers = {int(line) for line in reached}
        print(f"{took:6.1f} s {len(numbers):4} mutants  {suite}  {result}", flush=True)
        return suite, {"seconds": took, "reached": sorted(by_number[number] for number in numbers),
                       "version": current[suite], "result": result}

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for suite, entry in pool.map(measure, [suite for suite in current if suite not in known]):
            known[suite] = entry
            path.write_text(json.dumps(known))
    red = [suite for suite, entry in known.items() if entry["result"] not in ("green", "timeout")]
    if red:
        raise SystemExit(f"red without any mutant: {', '.join(red)}")
    return known


def batches(reaching, durations):
    """The suites in ascending order of time, those of less than a second all at once."""
    ordered = sorted(reaching, key=durations.get)
    short = [suite for suite in ordered if durations[suite] < 1]
    return ([short] if short else []) + [[suite] for suite in ordered if durations[suite] >= 1]


def judge(identity, number, tree, known, budget, passed):
    """What became of a mutant, and by which suite; `passed` are those that have not noticed it before."""
    durations = {suite: entry["seconds"] for suite, entry in known.items() if entry["result"] == "green"}
    reaching = [suite for suite in durations if identity in known[suite]["reached"] and suite not in passed]
    spent, green, left = 0.0, list(passed), len(reaching)
    for batch in batches(reaching, durations):
        usual = sum(durations[suite] for suite in batch)
        if spent + usual > budget:
            break
        spent += usual
        # Slowed by a factor of ten is as good as stopped.
        result, _ = outcome(tree, batch, {"MUTANT": str(number)}, 10 * usual + 20)
        if result != "green":
            return {"outcome": "killed", "by": result, "suites": batch if len(batch) == 1 else []}
        green += batch
        left -= len(batch)
    return {"outcome": "survived" if green or left else "not reached", "passed": green, "left": left}


def run(tree, jobs, budget, count):
    """Judges the first `count` mutants that are not killed yet, as far as suites are left that they have not passed.

    A suite that has changed since counts as not passed."""
    mutants = json.loads((tree / "mutants.json").read_text())["mutants"]
    known = coverage(tree, jobs, mutants)
    path = tree / "outcomes.json"
    outcomes = json.loads(path.read_text()) if path.exists() else {}
    equivalent = json.loads((pathlib.Path(__file__).parent / "equivalent.json").read_text())
    wanted = [identity for identity in list(mutants)[:count]
              if outcomes.get(identity, {}).get("outcome") != "killed" and key(mutants[identity]) not in equivalent]

    def judged(identity):
        passed = outcomes.get(identity, {}).get("passed", {})
        still = [suite for suite, version in passed.items() if suite in known and known[suite]["version"] == version]
        found = judge(identity, mutants[identity]["number"], tree, known, budget, still)
        if "passed" in found:
            found["passed"] = {suite: known[suite]["version"] for suite in found["passed"]}
        return identity, found

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for future in concurrent.futures.as_completed([pool.submit(judged, identity) for identity in wanted]):
            identity, found = future.result()
            outcomes[identity] = found
            site = mutants[identity]
            print(f"{site['number']:>4} {found['outcome']:11} {site['file']}:{site['line']} "
                  f"{site['original']} → {site['mutated']}", flush=True)
            path.write_text(json.dumps(outcomes, indent=1, ensure_ascii=False))
