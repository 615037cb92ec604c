#!/usr/bin/env bash
# Fuzzes one reader:  Tests/Fuzz/run.sh study 1800   (a reader, and for how many seconds; see README.md)
set -euo pipefail
cd "$(dirname "$0")/../.."
reader=${1:?which reader: study, edges, result, baseline, part, npy or reply}
seconds=${2:-60}
scratch=${FUZZ_SCRATCH:-.build/fuzz}
work=$scratch/corpus/$reader

SPIKEVERIFY_FUZZ=1 swift build -c release --product Fuzz --scratch-path "$scratch" \
    -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address
binary=$scratch/release/Fuzz

export READER=$reader SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
mkdir -p "$work" "$scratch/found/$reader"
if [ "$reader" = study ]; then
    find convergence -name '*.yaml' -exec cp {} "$work" \;
else
    SEEDS=$work "$binary"
fi
"$binary" "$work" -max_total_time="$seconds" -max_len=150000 -timeout=60 -rss_limit_mb=2000 \
    -dict=Tests/Fuzz/study.dict -artifact_prefix="$scratch/found/$reader/" -print_final_stats=1
