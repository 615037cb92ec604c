#!/usr/bin/env bash
# Fuzzes one reader:  Tests/Fuzz/run.sh study 1800   (a reader, and for how many seconds of a processor; see README.md)
set -euo pipefail
cd "$(dirname "$0")/../.."
reader=${1:?which reader: study, edges, result, baseline, part, npy or reply}
seconds=${2:-60}
scratch=${FUZZ_SCRATCH:-.build/fuzz}
corpus=$scratch/corpus/$reader
found=$scratch/found/$reader/
log=$scratch/$reader.log

# No input is longer than this: small ones are read fast, and hold all there is to go wrong.
case $reader in
study) length=4096 ;;
edges | npy) length=512 ;;
result) length=65536 ;;
part) length=32768 ;;
*) length=16384 ;;
esac

# FUZZ_BINARY names a driver that is built already.
binary=${FUZZ_BINARY:-$scratch/release/Fuzz}
[ -n "${FUZZ_BINARY:-}" ] || SPIKEVERIFY_FUZZ=1 swift build -c release --product Fuzz --scratch-path "$scratch" \
    -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address

# With little of it in quarantine, freed memory does not look like memory without bound.
export READER=$reader SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=malloc_context_size=1:quarantine_size_mb=8
mkdir -p "$corpus" "$found"
if [ "$reader" = study ]; then
    find convergence -name '*.yaml' -exec cp {} "$corpus" \;
else
    SEEDS=$corpus "$binary"
fi
# Ten million inputs, or as many as the time allows: time of a processor, since the clock on the wall also counts what others
# calculate meanwhile.  For that reason a hang is what takes very long.
hang=600
fuzz() {
    "$binary" "$corpus" -runs=10000000 -max_len=$length -timeout=$hang -report_slow_units=$hang -rss_limit_mb=2000 \
        -dict=Tests/Fuzz/study.dict -artifact_prefix="$found" -print_final_stats=1 &
    local fuzzer=$! used
    trap 'kill $fuzzer' INT TERM
    while used=$(ps -o cputimes= -p $fuzzer); do
        # Its own way to end: with statistics.
        if [ "$used" -ge "$seconds" ]; then kill -USR1 $fuzzer || true; fi
        sleep 1
    done
    wait $fuzzer
}
status=0 TIMEFORMAT='seconds: %R %U %S'
{ time fuzz; } 2>&1 | tee "$log" || status=$?

# The line of reports/fuzzing/README.md.
statistic() { awk -v name="stat::$1:" '$1 == name { print $2 }' "$log"; }
covered() { sed -n "s/^#.*$1.* cov: \([0-9]*\) .*/\1/p" "$log" | tail -n 1; }
read -r took cpu < <(awk '/^seconds: / { print $2, $3 + $4 }' "$log")
outcome="no crash, no hang, no leak"
[ $status = 0 ] || outcome=$(sed -n 's/^SUMMARY: //p' "$log" | head -n 1)
inputs=$(statistic number_of_executed_units)
echo
echo '| reader | inputs | minutes | of CPU | inputs per s of CPU | most MB | edges at first | in the end | outcome |'
awk -v reader="$reader" -v inputs="$inputs" -v took="$took" -v cpu="$cpu" -v memory="$(statistic peak_rss_mb)" \
    -v first="$(covered INITED)" -v last="$(covered '')" -v outcome="$outcome" 'BEGIN {
        printf "| `%s` | %d | %.1f | %.1f | %.0f | %d | %d | %d | %s |\n",
            reader, inputs, took / 60, cpu / 60, inputs / cpu, memory, first, last, outcome
    }'
exit $status
