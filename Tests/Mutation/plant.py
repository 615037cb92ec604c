"""Plants a random sample of mutants in a copy of the package, all in one build; each is dormant until it is chosen."""

import json
import pathlib
import re
import subprocess

import operators
from sites import sites

MODULES = ["SpikingNumerics", "ConvergenceStudies"]
ROOT = pathlib.Path(__file__).resolve().parents[2]


def sample(count, seed):
    """Sites drawn from all of both modules, each as likely as any other, and how many there are.

    A change of the source leaves the drawing of all other places as it was."""
    found = []
    for module in MODULES:
        for path in sorted((ROOT / "Sources" / module).rglob("*.swift")):
            found += sites(str(path.relative_to(ROOT)), path.read_text())
    return sorted(found, key=lambda site: site.rank(seed))[:count], len(found)


def write(path, content):
    """What has not changed is not touched, nor built again."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.split("\0") if name]


def copy(tree, planted):
    """The files under version control, but for those that are mutated, and not the build."""
    current = set(files())
    for path in (tree / "Tests").rglob("*.swift"):
        if str(path.relative_to(tree)) not in current: path.unlink()
    for name in current:
        if name not in planted and name != "Package.swift" and (ROOT / name).is_file():
            write(tree / name, (ROOT / name).read_bytes())
    write(tree / "Package.swift", extended_package().encode())


def extended_package():
    text = (ROOT / "Package.swift").read_text()
    text = text.replace("    targets: [\n", '    targets: [\n        .target(name: "CMutants"),\n'
                        '        .target(name: "Mutants", dependencies: ["CMutants"]),\n', 1)
    for module in MODULES:
        text = re.sub(rf'(name: "{module}",\s*dependencies: \[)', r'\1"Mutants", ', text)
    return text


def plant(tree, mutants):
    """Writes the mutated sources; `mutants` maps numbers to sites."""
    by_file = {}
    for number, site in mutants.items():
        by_file.setdefault(site.file, []).append((number, site))
    for name, entries in by_file.items():
        text = (ROOT / name).read_text()
        for number, site in sorted(entries, key=lambda entry: -entry[1].start):
            text = text[:site.start] + operators.planted(site, number) + text[site.end:]
        # What may be inlined elsewhere may not use a module that is imported internally.
        write(tree / name, ("public import Mutants\n" + text).encode())


def write_modules(tree, mutants):
    swift, c = tree / "Sources/Mutants", tree / "Sources/CMutants"
    header = operators.HEADER.replace("import CMutants", "public import CMutants")
    declarations = [operators.declaration(site, number) for number, site in mutants.items()]
    write(swift / "Mutants.swift", (header + "".join(declarations)).encode())
    write(c / "include/CMutants.h", operators.C_HEADER.encode())
    write(c / "mutants.c", operators.C_SOURCE.encode())


def build(tree, *arguments):
    """Builds; returns what was wrong as pairs of file and line of the original sources, and the output."""
    command = ["swift", "build", "-c", "release", *arguments]
    run = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    errors = re.findall(re.escape(str(tree)) + r"/(Sources/\S+?\.swift):(\d+):\d+: error:", run.stdout)
    return {(name, int(line) - 1) for name, line in errors}, run


def culprits(mutants, errors):
    """The mutants on or next to the lines with errors; an expression of many lines has its error on the first."""
    wrong = set()
    for name, line in errors:
        near = {k: abs(site.line - line) for k, site in mutants.items() if site.file == name}
        wrong |= {k for k, distance in near.items() if distance == min(near.values())}
    return wrong


def planted_build(tree, count, seed):
    """A build with as many of `count` mutants as compile."""
    tree.mkdir(parents=True, exist_ok=True)
    chosen, total = sample(count, seed)
    mutants, dropped = dict(enumerate(chosen)), []
    write_modules(tree, mutants)
    while True:
        copy(tree, {site.file for site in mutants.values()})
        plant(tree, mutants)
        errors, run = build(tree, "--target", "ConvergenceStudies")
        if run.returncode == 0:
            break
        wrong = culprits(mutants, errors)
        print(f"{len(wrong)} of {len(mutants)} do not compile", flush=True)
        if not wrong:
            raise SystemExit(run.stdout[-4000:])
        dropped += [mutants.pop(k) for k in wrong]
    _, run = build(tree, "--build-tests")
    if run.returncode:
        raise SystemExit(run.stdout[-4000:])
    record = {"seed": seed, "sites": total, "drawn": count, "not compiled": len(dropped),
              "mutants": {site.identity: vars(site) | {"number": k} for k, site in mutants.items()}}
    (tree / "mutants.json").write_text(json.dumps(record, indent=1, ensure_ascii=False))
    print(f"{len(mutants)} mutants planted in {tree}, {len(dropped)} did not compile")


def rebuild_tests(tree):
    """The same mutants with the tests as they are now."""
    record = json.loads((tree / "mutants.json").read_text())
    copy(tree, {name for name in files() if name.startswith("Sources/")} | {"Package.swift"})
    _, run = build(tree, "--build-tests")
    if run.returncode:
        raise SystemExit(run.stdout[-4000:])
    print(f"tests rebuilt for {len(record['mutants'])} mutants")
