#!/usr/bin/env bash
# A study as a Slurm array job, and its merge as a second job that waits for all tasks of the first.
#
#     convergence/cluster/slurm.sh STUDY.yaml SHARDS OUT
#
# Prints the id of the merge's job.  After a failure give the same command once more: what is finished is kept.  --shard
# names the number of shares, because Slurm's own count is that of the tasks submitted together, which is another one
# when a few are submitted again.
set -euo pipefail
study=$(realpath "$1") shards=$2 out=$(realpath -m "$3")
spikeverify=${SPIKEVERIFY:-spikeverify}
name=$(sed -n 's/^study: *\([^ ]*\).*/\1/p' "$study")
mkdir -p "$out"

array=$(sbatch --parsable --job-name="$name" --array="1-$shards" --requeue --output="$out/%x-%a.log" \
    --wrap="$spikeverify run $study --out $out --shard \$SLURM_ARRAY_TASK_ID/$shards --resume")
sbatch --parsable --job-name="$name-merge" --dependency="afterok:$array" --output="$out/%x.log" \
    --wrap="$spikeverify merge $out/$name/shard-*-of-$shards.part --out $out/$name/result.json"
