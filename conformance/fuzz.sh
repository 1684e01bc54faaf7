#!/usr/bin/env bash
# Fuzzes the parsers of untrusted bytes with Jazzer, one target after another, again and again until the time is over.
#
#   conformance/fuzz.sh [--for 10m | --once] [--each 60 | --runs 100000] [TARGET...]
#   conformance/fuzz.sh --list
#   conformance/fuzz.sh --totals
#
# Each target has so many seconds, or so many inputs, before it is the next one's turn; --once: until each had one.
# What reads a socket before anybody is known has three times that. A target is the simple name of a test class with
# fuzzerTestOneInput, such as HeadFuzzTest; without one, all of them. `--once --each 130` takes about two hours.
# The corpus grows in target/fuzz/corpus, finds are in target/fuzz/finds (a reproducer
# there wants -Dhawser.fuzz.target=CLASS), what was done is a line a run in
# target/fuzz/runs.tsv: target, seconds, executions, covered edges, exit code, bytes. At the end it prints a line for
# each target of this run; --totals: for each of all runs that are written down. It ends with 1 if something was found.
# One JVM at a time, of 2 GiB at most.
set -u
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
for_seconds=600 flag=-max_total_time turn=60 once=false list=false totals=false targets=()

# Those that strangers reach with their first bytes.
readonly FIRST="AnswerFuzzTest|ChunkFuzzTest|HeadFuzzTest|Http1LinkFuzzTest|FieldBlockFuzzTest|Http2LinkFuzzTest\
|MsgiFrameFuzzTest|MsgiLinkFuzzTest|HandshakeFuzzTest|SocketFuzzTest|EntranceFuzzTest|CertificateFuzzTest|ItemFuzzTest|CallFuzzTest"

usage() { sed -n '2,16s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

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
    --each) flag=-max_total_time turn=${2:-} && shift ;;
    --list) list=true ;;
    --runs) flag=-runs turn=${2:-} && shift ;;
    --totals) totals=true ;;
    -h | --help) usage && exit 0 ;;
    -*) usage >&2 && exit 2 ;;
    *) targets+=("$1") ;;
  esac
  shift
done
[[ $turn =~ ^[1-9][0-9]*$ && $for_seconds =~ ^[1-9][0-9]*$ ]] || { usage >&2 && exit 2; }

# Every class of the tests that is a target, by its full name.
known=$(cd "$home" && grep -rl 'void fuzzerTestOneInput' core/src/test/java nats/src/test/java hub/src/test/java --include='*FuzzTest.java' \
  | sed -E 's#^.*/src/test/java/##; s#\.java$##; s#/#.#g' | sort)
for target in ${FIRST//|/ }; do
  grep -qE "(^|\.)$target\$" <<<"$known" || { echo "fuzz: no target $target, which should go first" >&2 && exit 2; }
done
if $list; then
  awk -F . -v first="^($FIRST)\$" '{ print $NF ($NF ~ first ? "  three times the time" : "") }' <<<"$known"
  exit
fi
if [ ${#targets[@]} -gt 0 ]; then
  chosen=
  for target in "${targets[@]}"; do
    full=$(grep -E "(^|\.)$target\$" <<<"$known") || { echo "fuzz: no target $target" >&2 && exit 2; }
    chosen="$chosen $full"
  done
else
  chosen=$known
fi

work=$home/target/fuzz
mkdir -p "$work/finds"
: >>"$work/runs.tsv"

# What the runs from line $1 on came to.
tell() {
  tail -n "+$1" "$work/runs.tsv" | awk -F '\t' '
    { seconds[$1] += $2; inputs[$1] += $3; if ($4 > edges[$1]) edges[$1] = $4; if ($5) finds[$1]++; bytes[$1] += $6 }
    function tell(name, s, i, b, e, f) {
      printf "%-22s %6d s %12d inputs %15.0f bytes %6s edges %3d finds\n", name, s, i, b, e, f
    }
    END {
      for (name in seconds) {
        tell(name, seconds[name], inputs[name], bytes[name], edges[name], finds[name])
        s += seconds[name]; i += inputs[name]; b += bytes[name]; f += finds[name]
      }
      tell("in all", s, i, b, "", f)
    }'
}

if $totals; then tell 1 && exit; fi

# HAWSER_FUZZ_CP: a class path that is built already.
path=${HAWSER_FUZZ_CP:-}
if [ -z "$path" ]; then
  mvn=mvn
  command -v mvn >/dev/null || mvn=$home/mvnw
  "$mvn" -q -B -ntp -f "$home/pom.xml" -Pfuzz -pl hub -am -Dspotless.check.skip test-compile \
    dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/fuzz.cp || exit 1
  path=$home/core/target/classes:$home/hub/target/classes
  for module in core nats hub; do path=$home/$module/target/test-classes:$path; done
  path=$path:$(cat "$home/hub/target/fuzz.cp")
fi

found=0
begun_at=$(wc -l <"$work/runs.tsv")
end=$((SECONDS + for_seconds))
while [ $SECONDS -lt $end ]; do
  for class in $chosen; do
    [ $SECONDS -lt $end ] || break
    corpus=$work/corpus/${class##*.}
    [ -d "$corpus" ] || { mkdir -p "$corpus" && "$java" -cp "$path" io.hawser.testing.Fuzzing "$class" "$corpus" || exit 1; }
    log=$work/${class##*.}.log
    counted=$work/${class##*.}.bytes
    rm -f "$counted"
    begun=$SECONDS
    mine=$turn
    [[ ! ${class##*.} =~ ^($FIRST)$ ]] || mine=$((3 * turn))
    "$java" -Xmx1g -XX:MaxDirectMemorySize=256m -XX:+UseSerialGC -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
      --add-opens java.base/java.lang=ALL-UNNAMED -Dhawser.fuzz.target="$class" -Dhawser.fuzz.bytes="$counted" \
      -cp "$path" com.code_intelligence.jazzer.Jazzer \
      --target_class=io.hawser.testing.CountedTarget --instrumentation_includes='io.hawser.**:io.netty.handler.codec.**' \
      --custom_hook_includes='io.hawser.**' --reproducer_path="$work/finds" \
      "$corpus" -artifact_prefix="$work/finds/${class##*.}-" "$flag=$mine" -timeout=1200 -rss_limit_mb=2048 \
      -use_value_profile=1 -print_final_stats=1 >"$log" 2>&1
    code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    edges=$(sed -n 's/^#[0-9]*.* cov: \([0-9]*\).*/\1/p' "$log" | tail -1)
    bytes=$(cat "$counted" 2>/dev/null)
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "${class##*.}" $((SECONDS - begun)) "${runs:-0}" "${edges:-0}" $code "${bytes:-0}" \
      >>"$work/runs.tsv"
    if [ $code -ne 0 ]; then
      found=1
      cp "$log" "$work/finds/${class##*.}-$(date +%s).log"
      sed -n '/== Java Exception/,/DEDUP/p' "$log" | head -20
    fi
  done
  ! $once || break
done
tell $((begun_at + 1))
exit $found
