#!/usr/bin/env bash
# Runs every fuzz target one after another: hal/fuzz/run.sh SECONDS [TARGET...]
# Prints a table of executions; new inputs stay in hal/fuzz/work, crashes in hal/fuzz/artifacts.
set -uo pipefail
cd "$(dirname "$0")"

if ! [[ ${1:-} =~ ^[0-9]+$ ]]; then
    echo "say for how many seconds each target is to run: run.sh SECONDS [TARGET...]" >&2
    exit 2
fi
seconds=$1
shift
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    mapfile -t targets < <(cargo +nightly fuzz list)
fi

# The project has no unsafe code, so that sanitizers would find nothing and cost half the speed.
cargo +nightly fuzz build -s none >&2 || exit 1

broken=0
printf '%-20s %14s %10s %8s  %s\n' target executions per_second inputs verdict
for target in "${targets[@]}"; do
    mkdir -p "work/$target"
    log="work/$target.log"
    verdict=ok
    if ! cargo +nightly fuzz run -s none "$target" "work/$target" "corpus/$target" -- \
        -max_total_time="$seconds" -max_len=2048 -timeout=10 -rss_limit_mb=1024 \
        -print_final_stats=1 >"$log" 2>&1; then
        verdict="BROKEN, see $log"
        broken=1
    fi
    stat() { sed -n "s/^stat::$1: *//p" "$log" | tail -1; }
    printf '%-20s %14s %10s %8s  %s\n' "$target" "$(stat number_of_executed_units)" \
        "$(stat average_exec_per_sec)" "$(find "work/$target" -type f | wc -l)" "$verdict"
done
exit $broken
