#!/usr/bin/env bash
# Clones the commit into an empty folder and runs every command of the documentation there, by the launcher of the clone.
set -euo pipefail
export JAVA_HOME="${HAWSER_JAVA_HOME:-${JAVA_HOME:?must name a JDK 25, or HAWSER_JAVA_HOME}}"
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q --no-hardlinks "$home" "$work/hawser"
cd "$work/hawser"
# Built before the tests use it, since they do not wait as long.
./hawser version
./hawser soak --help >/dev/null
./hawser peers --list >/dev/null
# The tests are in another clone: what those commands build must not change under them.
git clone -q --no-hardlinks "$home" "$work/tests"
cd "$work/tests"
mvn=mvn
command -v mvn >/dev/null || mvn=./mvnw
"$mvn" -B -ntp -q -pl conformance -am verify -Dspotless.check.skip -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest=DocsTest "-Dhawser.docs.launcher=$work/hawser/hawser" "$@"
echo "every command of the documentation works in a fresh clone"
