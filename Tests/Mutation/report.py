"""Writes the table of a campaign as Markdown."""

import json
import pathlib

import campaign

HERE = pathlib.Path(__file__).resolve().parent
# Of those that are not equivalent.
GOAL = 0.95


def fate(site, outcome, equivalent):
    if outcome["outcome"] == "killed":
        return "killed"
    return "equivalent" if campaign.key(site) in equivalent else "survived"


def write(tree):
    record = json.loads((tree / "mutants.json").read_text())
    outcomes = json.loads((tree / "outcomes.json").read_text())
    equivalent = json.loads((HERE / "equivalent.json").read_text())
    judged = [(record["mutants"][k], outcome) for k, outcome in outcomes.items()]
    fates = [(site, outcome, fate(site, outcome, equivalent)) for site, outcome in judged]
    print("# Mutation of the harness's own source\n")
    print(f"Of {record['sites']} places in `SpikingNumerics` and `ConvergenceStudies` where an operator, a sign or a constant "
          f"can be changed, {record['drawn']} were drawn (seed {record['seed']}); {record['not compiled']} did not compile and "
          f"{len(judged)} were run against the tests of all modules. How, and by which command: "
          "[Tests/Mutation](../../Tests/Mutation/README.md).\n")
    print(state(fates) + "\n")
    print(counts(fates))
    print(table("Survivors", "No fast test notices these.", fates, "survived",
                lambda site, outcome: outcome["outcome"]))
    print(table("Equivalent", "No result can tell these from the original.", fates, "equivalent",
                lambda site, outcome: equivalent[campaign.key(site)]))
    print(killers(fates))


def state(fates):
    """Whether the goal is reached, with what chance may have made of it."""
    found = [fate for _, _, fate in fates]
    killed, survived = found.count("killed"), found.count("survived")
    share = killed / (killed + survived)
    unmet = sum(1 for _, outcome, fate in fates if fate == "survived" and outcome.get("left"))
    text = (f"**{killed} of the {killed + survived} that are not equivalent are killed, {share:.1%}**; the goal is more than "
            f"{GOAL:.0%}. Tests were added for survivors of this very sample, so that of other places fewer may be killed.")
    if unmet:
        text += (f" {unmet} of the survivors have not met every suite that reaches them, for want of time: `run` with a "
                 "larger `--budget` goes on.")
    return text


def counts(fates):
    lines = ["| | killed | survived | equivalent | killed of those not equivalent |", "|---|---|---|---|---|"]
    groups = [(name, lambda site, part=f"Sources/{name}/": site["file"].startswith(part))
              for name in ("SpikingNumerics", "ConvergenceStudies")]
    groups += [(kind, lambda site, kind=kind: site["kind"] == kind)
               for kind in ("operator", "number", "function", "truth", "negation", "sign")]
    for name, belongs in groups + [("**all**", lambda site: True)]:
        found = [fate for site, _, fate in fates if belongs(site)]
        killed, survived = found.count("killed"), found.count("survived")
        share = f"{killed / (killed + survived):.1%}" if killed + survived else "–"
        lines.append(f"| {name} | {killed} | {survived} | {found.count('equivalent')} | {share} |")
    return "\n".join(lines) + "\n"


def table(title, introduction, fates, wanted, reason):
    rows = [(site, outcome) for site, outcome, fate in fates if fate == wanted]
    if not rows:
        return f"## {title}\n\nNone.\n"
    lines = [f"## {title}\n", introduction + "\n", "| place | source | change | |", "|---|---|---|---|"]
    for site, outcome in sorted(rows, key=lambda row: (row[0]["file"], row[0]["line"])):
        source = site["source"].replace("|", "\\|")
        change = f"{site['original']} → {site['mutated']}".replace("|", "\\|")
        lines.append(f"| {pathlib.Path(site['file']).name}:{site['line']} | `{source}` | `{change}` | {reason(site, outcome)} |")
    return "\n".join(lines) + "\n"


def killers(fates):
    """What killed how many: a failure, a crash or a run without end."""
    found = {}
    for _, outcome, fate in fates:
        if fate == "killed":
            by = outcome["by"]
            how = "a run without end" if by == "timeout" else "a crash" if by.startswith("crash") else "a failing test"
            found[how] = found.get(how, 0) + 1
    lines = ["## Killed by\n", "| | mutants |", "|---|---|"]
    lines += [f"| {how} | {count} |" for how, count in sorted(found.items(), key=lambda item: -item[1])]
    lines.append(f"\nSuites of more than {campaign.LONGEST_SUITE} s took no part.")
    return "\n".join(lines)
