#!/usr/bin/env bash
# Clones the commit into an empty folder, builds it there by the launcher, and runs every command of the documentation.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q --no-hardlinks "$home" "$work/hawser"
cd "$work/hawser"
./hawser version
mvn=mvn
command -v mvn >/dev/null || mvn=./mvnw
"$mvn" -B -ntp -q -pl conformance -am verify -Dspotless.check.skip -Dsurefire.failIfNoSpecifiedTests=false -Dtest=DocsTest "$@"
echo "every command of the documentation works in a fresh clone"
