#!/usr/bin/env bash
# A study by GNU parallel, on this machine or, with --sshloginfile, on several that share a file system.
#
#     convergence/cluster/parallel.sh STUDY.yaml SHARDS OUT [parallel's options]
#
# The job log keeps which shares are finished; the same command once more runs the others.
set -euo pipefail
study=$1 shards=$2 out=$3
shift 3
spikeverify=${SPIKEVERIFY:-spikeverify}
name=$(sed -n 's/^study: *\([^ ]*\).*/\1/p' "$study")
mkdir -p "$out"

parallel "$@" --joblog "$out/$name.joblog" --resume-failed \
    "$spikeverify" run "$study" --out "$out" --threads 1 --shard "{}/$shards" --resume ::: $(seq "$shards")
"$spikeverify" merge "$out/$name"/shard-*-of-"$shards".part --out "$out/$name/result.json"
