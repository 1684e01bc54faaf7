# A line for each suite, out of Surefire's reports: how many cases there were, and how many were not as they should be.
# Read first, results/cases.txt says how many there are at least of each test of MSGI and hawser.v1: where one is missing,
# this ends with 1. One that it does not know is named.
FILENAME ~ /cases\.txt$/ {
  least[$2] = $1
  next
}
/<testcase / {
  test = value("classname")
  sub(/^io\.hawser\./, "", test)
  sub(/\[[0-9]+\]$/, "", test)
  suite = test
  sub(/\.[A-Za-z0-9]*$/, "", suite)
  cases[suite]++
  name = value("name")
  sub(/[({[ ].*/, "", name)
  if (sub(/^conformance\./, "", test) && test ~ /^(msgi|v1)\./) seen[test "." name]++
}
/<failure[ >]/ || /<error[ >]/ { bad[suite]++ }
/<skipped/ { skipped[suite]++ }

function value(attribute,    at, rest) {
  at = match($0, " " attribute "=\"[^\"]*\"")
  if (!at) return ""
  rest = substr($0, RSTART + length(attribute) + 3)
  return substr(rest, 1, index(rest, "\"") - 1)
}

END {
  for (suite in cases) {
    all += cases[suite]
    allBad += bad[suite]
    printf "%-36s %6d cases %4d failed %4d skipped\n", suite, cases[suite], bad[suite], skipped[suite] | "sort"
  }
  close("sort")
  printf "%-36s %6d cases %4d failed\n", "in all", all, allBad
  for (test in seen) {
    if (!(test in least) || seen[test] > least[test]) printf "%6d %s is new in results/cases.txt\n", seen[test], test | "sort"
  }
  for (test in least) {
    if (seen[test] + 0 >= least[test]) continue
    printf "%6d of %d cases of %s are there\n", seen[test], least[test], test | "sort"
    isMissing = 1
  }
  close("sort")
  exit isMissing
}
