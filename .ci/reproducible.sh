#!/usr/bin/env bash
# Builds what is published twice, from two copies of the commit in folders of different names, and compares every byte.
set -euo pipefail
export JAVA_HOME="${HAWSER_JAVA_HOME:-${JAVA_HOME:?must name a JDK 25, or HAWSER_JAVA_HOME}}"
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
commit=$(git -C "$home" rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build() {
  mkdir -p "$1"
  git -C "$home" archive "$commit" | tar -x -C "$1"
  (
    cd "$1"
    mvn=mvn
    command -v mvn >/dev/null || mvn=./mvnw
    "$mvn" -q -B -Ppublish -pl core,nats,openai,testkit,hub,bom -am -Dmaven.test.skip -Dspotless.check.skip "${@:2}" package >&2
    find . -path '*/target/*' \( -name '*.jar' -o -name 'bom.json' \) -print0 | sort -z | xargs -0 sha256sum
  )
}
build "$work/one" "$@" >"$work/first"
build "$work/another-name" "$@" >"$work/second"
if ! diff "$work/first" "$work/second"; then
  echo "not reproducible: the lines above differ" >&2
  exit 1
fi
echo "reproducible: $(wc -l <"$work/first") files, the same bytes twice"
