#!/usr/bin/env bash
# Tests of the launcher. Most run it in a copy of the tree with a JDK and a Maven that only write down how they were called.
set -u

tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

check() { # NAME ACTUAL EXPECTED-PATTERN
  # shellcheck disable=SC2053 # the pattern is one
  if [[ $2 == $3 ]]; then
    echo "ok      $1"
  else
    printf 'not ok  %s\n  expected: %s\n  actual:   %s\n' "$1" "$3" "$2"
    failures=$((failures + 1))
  fi
}

# fake_jdk FOLDER RELEASE: a JDK whose java prints its process id, its release and its arguments.
fake_jdk() {
  mkdir -p "$1/bin"
  printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
  printf '#!/bin/sh\necho "pid=$$ java %s: $*"\n' "$2" >"$1/bin/java"
  printf '#!/bin/sh\nexit 1\n' >"$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
}

# --- a tree with spaces in its path, built a moment ago, and a Maven that counts ----------------------------------------
copy="$work/a tree"
for module in core nats hub; do
  mkdir -p "$copy/$module/src/main" "$copy/$module/target"
  touch "$copy/$module/pom.xml" "$copy/$module/src/main/A.java"
done
cp "$tree/hawser" "$copy/hawser"
touch "$copy/pom.xml" "$copy/hub/target/hawser-hub-all.jar"
tools="$work/tools"
mkdir -p "$tools" "$work/empty" "$work/jvm"
for tool in awk basename bash cat env find flock grep head id mkdir mktemp mv readlink rm sed sh sleep touch tr; do
  path=$(command -v "$tool") && ln -s "$path" "$tools/$tool"
done
cat >"$tools/mvn" <<'MVN'
#!/bin/sh
echo "$*" >>"$MVN_CALLS"
sleep 0.5
[ -z "${MVN_FAILS:-}" ] || { echo '[INFO] noise'; echo '[ERROR] Foo.java:[1,1] broken'; echo '[ERROR] -> [Help 1]'; exit 1; }
MVN
chmod +x "$tools/mvn"
export MVN_CALLS="$work/calls"
: >"$MVN_CALLS"
calls() { wc -l <"$MVN_CALLS" | tr -d ' '; }

fake_jdk "$work/jdk17" 17.0.9
fake_jdk "$work/jvm/jdk-17" 17.0.9
fake_jdk "$work/jvm/jdk-27" 27
fake_jdk "$work/jvm/jdk-25" 25.0.1
fake_jdk "$work/own jdk" 26.0.2

# Runs the copy's launcher in an environment with nothing but what the test says: VAR=VALUE... -- ARGUMENT...
hawser() {
  local settings=()
  while [ "$1" != -- ]; do
    settings+=("$1")
    shift
  done
  shift
  env -i "HOME=$work/empty" "PATH=$tools" "HAWSER_JVM_FOLDERS=$work/empty" "MVN_CALLS=$MVN_CALLS" \
    ${settings[@]+"${settings[@]}"} "${launcher:-$copy/hawser}" "$@" 2>&1
}

# --- the build -----------------------------------------------------------------------------------------------------------
jdk25="JAVA_HOME=$work/jvm/jdk-25"
check 'a build that fails shows why' "$(hawser "$jdk25" MVN_FAILS=1 -- version)" '\[ERROR\] Foo.java:\[1,1\] broken
hawser: the build failed'
hawser "$jdk25" MVN_FAILS=1 -- version >/dev/null
check 'a build that fails is exit 1' "$?" 1
: >"$MVN_CALLS"
hawser "$jdk25" -- one >"$work/one" &
hawser "$jdk25" -- two >"$work/two"
wait
if command -v flock >/dev/null; then check 'two launchers at once build once' "$(calls)" 1; fi
check 'the first of them runs' "$(cat "$work/one")" '* one'
check 'so does the second' "$(cat "$work/two")" '* two'
: >"$MVN_CALLS"
hawser "$jdk25" -- version >/dev/null
check 'nothing changed, nothing built' "$(calls)" 0
sleep 0.1
touch "$copy/core/src/main/A.java"
hawser "$jdk25" -- version >/dev/null
check 'a source that is newer is built' "$(calls)" 1
sleep 0.1
rm "$copy/core/src/main/A.java"
hawser "$jdk25" -- version >/dev/null
check 'so is one that went' "$(calls)" 2
sleep 0.1
touch "$copy/pom.xml"
hawser "$jdk25" -- version >/dev/null
check 'so is a pom' "$(calls)" 3
check 'the build is the hub without tests' "$(tail -n 1 "$MVN_CALLS")" '*-pl hub -am package -Dmaven.test.skip*'

# --- the JDK -------------------------------------------------------------------------------------------------------------
check 'HAWSER_JAVA_HOME goes first' \
  "$(hawser "HAWSER_JAVA_HOME=$work/own jdk" "JAVA_HOME=$work/jvm/jdk-25" -- serve)" '*java 26.0.2: *serve'
check 'JAVA_HOME alone' "$(hawser "JAVA_HOME=$work/own jdk" -- serve)" '*java 26.0.2: *serve'
check 'java on PATH' "$(hawser "PATH=$work/jvm/jdk-25/bin:$tools" -- serve)" '*java 25.0.1: *serve'
mkdir "$work/linked"
ln -s ../jvm/jdk-25/bin/java "$work/linked/java"
check 'java on PATH by a relative link' "$(hawser "PATH=$work/linked:$tools" -- serve)" '*java 25.0.1: *serve'
check 'java 17 on PATH, the oldest that will do of the JVM folder' \
  "$(hawser "PATH=$work/jdk17/bin:$tools" "HAWSER_JVM_FOLDERS=$work/empty:$work/jvm" -- serve)" '*java 25.0.1: *serve'
check 'JAVA_HOME of 17, the JVM folder' \
  "$(hawser "JAVA_HOME=$work/jdk17" "HAWSER_JVM_FOLDERS=$work/jvm" -- serve)" '*java 25.0.1: *serve'
check 'none: one line that says what to do' "$(hawser "PATH=$work/jdk17/bin:$tools" -- serve)" \
  'hawser: no JDK 25 or newer found (JDK 17 in PATH): install one, e.g. from https://adoptium.net, or set HAWSER_JAVA_HOME'
hawser -- serve >/dev/null
check 'none: exit 1' "$?" 1

# --- where it is called from ---------------------------------------------------------------------------------------------
check 'from another directory' "$(cd / && hawser "$jdk25" -- serve)" "*-jar $copy/hub/target/hawser-hub-all.jar serve"
check 'by a relative path' "$(cd "$copy/hub" && launcher=../hawser hawser "$jdk25" -- serve)" "*-jar $copy/hub/target/hawser-hub-all.jar serve"
ln -s "$copy/hawser" "$work/absolute"
ln -s ../absolute "$work/empty/relative"
check 'through two symbolic links' "$(launcher=$work/empty/relative hawser "$jdk25" -- serve)" "*-jar $copy/hub/target/hawser-hub-all.jar serve"
check 'by PATH' "$(launcher=hawser hawser "$jdk25" "PATH=$copy:$tools" -- serve)" "*-jar $copy/hub/target/hawser-hub-all.jar serve"
check 'arguments as they are' "$(hawser "$jdk25" -- 'a  b' '*')" '*.jar a  b \*'
check 'the hub has a cache of its own' "$(hawser "$jdk25" -- serve)" '*-XX:CompileThresholdScaling=3 *serve.aot *-jar* serve'
check 'and the other verbs have one' "$(hawser "$jdk25" -- http --help)" '*verbs.aot *-jar* http --help'
check 'flags for the JVM' "$(hawser "$jdk25" 'HAWSER_JVM_FLAGS=-Xmx64m -Da=b' -- serve)" '*-Xmx64m -Da=b *-jar*'
env -i "PATH=$tools" "$jdk25" "MVN_CALLS=$MVN_CALLS" "$copy/hawser" serve >"$work/out" &
launched=$!
wait $launched
check 'it becomes the JVM: the process id stays' "$(cat "$work/out")" "*pid=$launched java*"

# --- test ----------------------------------------------------------------------------------------------------------------
mkdir "$copy/.ci"
cat >"$copy/.ci/launcher-test.sh" <<'STUB'
#!/bin/sh
exit "${LAUNCHER_TESTS:-0}"
STUB
chmod +x "$copy/.ci/launcher-test.sh"
: >"$MVN_CALLS"
check 'what is missing is skipped with a line' "$(hawser "$jdk25" -- test)" '*hawser: python3 is missing, so this is skipped: *'
check 'and the rest runs' "$(cat "$MVN_CALLS")" '*verify -Dhawser.full=false'
hawser "$jdk25" -- test --full >/dev/null
check '--full adds the long runs' "$(tail -n 1 "$MVN_CALLS")" '*verify -Dhawser.full=true'
: >"$MVN_CALLS"
check 'under CI=true what is missing fails' "$(hawser "$jdk25" CI=true -- test)" 'hawser: python3 is missing, and CI=true skips nothing'
hawser "$jdk25" CI=true -- test >/dev/null
check 'with exit 1' "$?" 1
check 'and nothing runs' "$(calls)" 0
hawser "$jdk25" MVN_FAILS=1 -- test >/dev/null
check 'a test that fails is exit 1' "$?" 1
hawser "$jdk25" LAUNCHER_TESTS=1 -- test >/dev/null
check 'so is one of the launcher' "$?" 1
hawser "$jdk25" -- test --no-such-option >/dev/null
check 'a wrong option is exit 2' "$?" 2

# --- example -------------------------------------------------------------------------------------------------------------
mkdir -p "$copy/examples/src/main/java/io/hawser/examples" "$copy/examples/target"
touch "$copy/examples/pom.xml"
printf '/// Answers\n/// all. Argument: where.\npublic final class EchoServer {\n    static void main() {}\n}\n' \
  >"$copy/examples/src/main/java/io/hawser/examples/EchoServer.java"
echo 'class Shared {}' >"$copy/examples/src/main/java/io/hawser/examples/Shared.java"
check 'the examples are listed' "$(hawser "$jdk25" -- example)" 'echo-server *Answers all. Argument: where.'
: >"$MVN_CALLS"
check 'one is run by its name' "$(hawser "$jdk25" -- example echo-server --port 1)" '*io.hawser.examples.EchoServer --port 1'
check 'and was built' "$(cat "$MVN_CALLS")" '*-pl examples -am package*'
hawser "$jdk25" -- example no-such >/dev/null
check 'one that is not there is exit 2' "$?" 2

# --- soak ----------------------------------------------------------------------------------------------------------------
for module in testkit conformance; do
  mkdir -p "$copy/$module/src/main" "$copy/$module/target"
  touch "$copy/$module/pom.xml" "$copy/$module/src/main/A.java"
done
: >"$MVN_CALLS"
check 'the soak is run' "$(hawser "$jdk25" -- soak --hours 1)" '*-jar */conformance/target/hawser-conformance.jar --hours 1'
check 'and was built' "$(cat "$MVN_CALLS")" '*-pl conformance -am package*'

# --- the real one --------------------------------------------------------------------------------------------------------
check 'version, really' "$("$tree/hawser" version)" 'hawser *jvm *transports *nio*tls *'
check 'the fuzzer knows its targets' "$("$tree/hawser" fuzz --totals | tail -n 1)" 'in all *'
"$tree/hawser" no-such-verb >/dev/null 2>&1
check 'a wrong verb is exit 2' "$?" 2
"$tree/hawser" >/dev/null 2>&1
check 'no verb is exit 2' "$?" 2
"$tree/hawser" --help >/dev/null 2>&1
check 'asking for help is exit 0' "$?" 0
check 'the targets of the fuzzer are known' "$("$tree/hawser" fuzz --list | grep -c 'three times')" 14

if command -v shellcheck >/dev/null; then
  check 'shellcheck has nothing to say' "$(shellcheck "$tree/hawser" "$tree"/.ci/run "$tree"/.ci/nightly "$tree"/.ci/coverage "$tree"/.ci/*.sh "$tree"/conformance/*.sh 2>&1)" ''
fi
[ "$failures" -eq 0 ]
