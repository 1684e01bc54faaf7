#!/usr/bin/env bash
# Fuzzes the parsers of untrusted bytes with Jazzer, one target after another, again and again until the time is over.
#
#   conformance/fuzz.sh [--for 10m | --once] [--each 60 | --runs 100000] [TARGET...]
#
# Each target has so many seconds, or so many inputs, before it is the next one's turn; --once: until each had one.
# A target is the simple name of a test class with fuzzerTestOneInput, such as HeadFuzzTest; without one, all of them.
# The corpus grows in target/fuzz/corpus, finds are in target/fuzz/finds, what was done is a line a run in
# target/fuzz/runs.tsv: target, seconds, executions, covered edges, exit code. It ends with 1 if something was found.
set -u
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
for_seconds=600 limit=-max_total_time=60 once=false targets=()

usage() { sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

while [ $# -gt 0 ]; do
  case $1 in
    --for)
      case ${2:-} in
        *h) for_seconds=$((${2%h} * 3600)) ;;
        *m) for_seconds=$((${2%m} * 60)) ;;
        *s) for_seconds=${2%s} ;;
        *) usage >&2 && exit 2 ;;
      esac
      shift
      ;;
    --once) once=true for_seconds=864000 ;;
    --each) limit=-max_total_time=$2 && shift ;;
    --runs) limit=-runs=$2 && shift ;;
    -h | --help) usage && exit 0 ;;
    -*) usage >&2 && exit 2 ;;
    *) targets+=("$1") ;;
  esac
  shift
done

work=$home/target/fuzz
mkdir -p "$work/finds"
# HAWSER_FUZZ_CP: a class path that is built already.
path=${HAWSER_FUZZ_CP:-}
if [ -z "$path" ]; then
  mvn=mvn
  command -v mvn >/dev/null || mvn=$home/mvnw
  "$mvn" -q -B -ntp -f "$home/pom.xml" -Pfuzz -pl hub -am -Dspotless.check.skip test-compile \
    dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/fuzz.cp || exit 1
  path=$home/hub/target/test-classes:$home/core/target/test-classes:$home/core/target/classes:$home/hub/target/classes
  path=$path:$(cat "$home/hub/target/fuzz.cp")
fi

# Every class of the tests that is a target, by its full name.
known=$(cd "$home" && grep -rl 'void fuzzerTestOneInput' core/src/test/java hub/src/test/java --include='*FuzzTest.java' \
  | sed -E 's#^.*/src/test/java/##; s#\.java$##; s#/#.#g' | sort)
if [ ${#targets[@]} -gt 0 ]; then
  chosen=
  for target in "${targets[@]}"; do
    full=$(grep -E "(^|\.)$target\$" <<<"$known") || { echo "fuzz: no target $target" >&2 && exit 2; }
    chosen="$chosen $full"
  done
else
  chosen=$known
fi

found=0
end=$((SECONDS + for_seconds))
while [ $SECONDS -lt $end ]; do
  for class in $chosen; do
    [ $SECONDS -lt $end ] || break
    corpus=$work/corpus/${class##*.}
    [ -d "$corpus" ] || { mkdir -p "$corpus" && "$java" -cp "$path" io.hawser.testing.Fuzzing "$class" "$corpus" || exit 1; }
    log=$work/${class##*.}.log
    begun=$SECONDS
    "$java" -Xmx1g -XX:+UseSerialGC -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
      --add-opens java.base/java.lang=ALL-UNNAMED -cp "$path" com.code_intelligence.jazzer.Jazzer \
      --target_class="$class" --instrumentation_includes='io.hawser.**:io.netty.handler.codec.**' \
      --custom_hook_includes='io.hawser.**' --reproducer_path="$work/finds" \
      "$corpus" -artifact_prefix="$work/finds/${class##*.}-" "$limit" -timeout=1200 -rss_limit_mb=4096 \
      -use_value_profile=1 -print_final_stats=1 >"$log" 2>&1
    code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    edges=$(sed -n 's/^#[0-9]*.* cov: \([0-9]*\).*/\1/p' "$log" | tail -1)
    printf '%s\t%s\t%s\t%s\t%s\n' "${class##*.}" $((SECONDS - begun)) "${runs:-0}" "${edges:-0}" $code >>"$work/runs.tsv"
    if [ $code -ne 0 ]; then
      found=1
      cp "$log" "$work/finds/${class##*.}-$(date +%s).log"
      sed -n '/== Java Exception/,/DEDUP/p' "$log" | head -20
    fi
  done
  ! $once || break
done
exit $found
