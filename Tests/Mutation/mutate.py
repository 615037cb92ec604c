#!/usr/bin/env python3
"""Mutation of spikeverify's own source: see README.md."""

import argparse
import pathlib

import campaign
import plant
import report


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["plant", "run", "again", "report"])
    parser.add_argument("--tree", type=pathlib.Path, required=True, help="where the mutated copy is built")
    parser.add_argument("--count", type=int, default=320, help="how many mutants are drawn, or run")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing")
    parser.add_argument("--jobs", type=int, default=2, help="how many mutants are tested at a time")
    parser.add_argument("--budget", type=float, default=90, help="seconds of tests that a mutant meets in one run")
    options = parser.parse_args()
    tree = options.tree.resolve()
    if options.command == "plant":
        plant.planted_build(tree, options.count, options.seed)
    elif options.command == "run":
        campaign.run(tree, options.jobs, options.budget, options.count)
    elif options.command == "again":
        plant.rebuild_tests(tree)
        campaign.run(tree, options.jobs, options.budget, options.count)
    else:
        report.write(tree)


main()
