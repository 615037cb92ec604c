#!/usr/bin/env python3
"""Joins the JSON objects printed by `transient` and deterministic.json into transient.json.
Run: python3 collect.py default.json a.json a2.json b.json c.json e.json"""
import json, os, sys
here = os.path.dirname(os.path.abspath(__file__))
out = {"what": "Euler-Maruyama against the exact process on the same Brownian paths, not stationary, T = 100 ms",
       "method": "exact propagation on a grid of 2^-10 ms with cubic-Hermite-located crossings (interior maxima included); fine cell draws (DW, N_I, N_V) jointly; "
                 "Euler's increments are sums of the fine DW; biases are Euler minus exact, coupled; standard errors over paths; v = (V-V_r)/(V_th-V_r)",
       "cases": [json.load(open(f)) for f in sys.argv[1:]], "deterministic": json.load(open(os.path.join(here, "deterministic.json")))}
with open(os.path.join(here, "transient.json"), "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
