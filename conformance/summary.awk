# A line for each suite, out of Surefire's reports: how many cases there were, and how many were not as they should be.
/<testsuite / {
  name = value("name")
  sub(/^io\.hawser\./, "", name)
  suite = name
  sub(/\.[A-Za-z0-9]*$/, "", suite)
  cases[suite] += value("tests")
  bad[suite] += value("failures") + value("errors")
  skipped[suite] += value("skipped")
}

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
}
