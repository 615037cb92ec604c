#!/usr/bin/env bash
# A study on the processes of one mpirun; Open MPI tells each which share it has.
#
#     convergence/cluster/mpi.sh STUDY.yaml PROCESSES OUT [mpirun's options]
#
# The processes do not communicate; the same command once more goes on where this one was stopped.
set -euo pipefail
study=$1 processes=$2 out=$3
shift 3
spikeverify=${SPIKEVERIFY:-spikeverify}
name=$(sed -n 's/^study: *\([^ ]*\).*/\1/p' "$study")

mpirun -n "$processes" "$@" "$spikeverify" run "$study" --out "$out" --threads 1 --resume
"$spikeverify" merge "$out/$name"/shard-*-of-"$processes".part --out "$out/$name/result.json"
