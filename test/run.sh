#!/bin/sh
# All checks of the project: `npm test`. Sets up what they need, runs every one even if some fail, and
# ends with a line `N passed, N failed, N skipped`. The full output of the tests is in
# build/test-log.tap.
#
#   test/run.sh                 all but test/fresh
#   test/run.sh --fresh         test/fresh besides, with a sample of the tests in there: what CI runs
#   test/run.sh --only-fresh    only test/fresh, with all tests in there: `npm run test:fresh`
#
# With TEST_EXTENT=sample: the unit tests, and one file of each folder that measures or loads the machine.
#
# Namespace tests need root. Without it they are skipped; as root, or where CI is set, a skipped test
# counts as failed, so that what CI calls green has been tested.
set -u

cd "$(dirname "$0")/.." || exit 1
fresh=${1:-}
if ! ./bench setup; then
  printf '0 passed, 1 failed, 0 skipped\n'
  exit 1
fi

# The tools as bench finds them, and the Node that set-up chose, as the one in PATH may be too old; what else is
# in its folder is left there.
root=$PWD
# shellcheck source=launcher/search-path.sh
. ./launcher/search-path.sh
set_search_path
read -r node <build/.ready
mkdir -p build/bin
ln -sf "$node" build/bin/node
PATH=$root/build/bin:$PATH
export NODE_OPTIONS='--disable-warning=ExperimentalWarning'

passed=0
failed=0
skipped=0
failures=

log=build/test-log.tap
: >"$log"

heading() { printf '\n== %s\n' "$1"; }

took() { printf '   %d s\n' "$(($(date +%s) - began))"; }

# Adds lines to the list of what failed.
list_failures() {
  if [ -n "$1" ]; then failures="$failures
$1"; fi
}

fail() {
  failed=$((failed + 1))
  list_failures "  $1"
}

# check NAME COMMAND…: one check, whose output is shown only if it fails.
check() {
  name=$1
  shift
  began=$(date +%s)
  heading "$name"
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
  else
    printf '%s\n' "$output"
    fail "$name"
  fi
  took
}

# Failed tests with their diagnosis, as they come: a TAP line `not ok`, and the block below it. What
# else is not TAP, such as a stack trace of a test file that does not load, is shown as it is.
# shellcheck disable=SC2016 # awk's own dollars
show_failures='
  /^not ok .*# TODO/ { block = 0; next }
  /^not ok / { block = 1; print; fflush(); next }
  /^(ok |TAP version|1\.\.|# )/ { block = 0; next }
  block && NF { print; fflush() }
  /^  \.\.\.$/ { block = 0 }
'

# Lines of the TAP log at $part that match $1.
count() { grep -cE "$1" "$part"; }

# ava_tests NAME ARGUMENT…: test files, each test counted by itself.
ava_tests() {
  name=$1
  shift
  began=$(date +%s)
  heading "$name"
  part=build/test-part.tap
  {
    node_modules/.bin/ava --tap "$@" 2>&1
    echo "$?" >build/test-exit
  } | tee "$part" | awk "$show_failures"
  cat "$part" >>"$log"

  part_failed=$(($(count '^not ok ') - $(count '^not ok .*# TODO')))
  part_skipped=$(count '^ok .*# SKIP')
  part_passed=$(($(count '^ok ') - part_skipped))
  printf '   %d passed, %d failed, %d skipped\n' "$part_passed" "$part_failed" "$part_skipped"
  passed=$((passed + part_passed))
  failed=$((failed + part_failed))
  list_failures "$(sed -nE '/# TODO/d; s/^not ok [0-9]+ - /  /p' "$part")"

  if [ "$part_failed" = 0 ] && [ "$(cat build/test-exit)" != 0 ]; then
    tail -n 20 "$part"
    fail "$name: ava failed without saying which test"
  fi
  if [ "$((part_passed + part_failed))" = 0 ]; then fail "$name: no test ran"; fi

  if [ "$nothing_may_be_skipped" = yes ]; then
    failed=$((failed + part_skipped))
    list_failures "$(sed -nE 's/^ok [0-9]+ - (.*# SKIP.*)/  \1/p' "$part")"
  else
    skipped=$((skipped + part_skipped))
    sed -nE 's/^ok [0-9]+ - (.*) # SKIP.*/   skipped: \1/p' "$part"
  fi
  skipped=$((skipped + $(count '# TODO')))
  rm -f "$part" build/test-exit
  took
}

is_root() { [ "$(id -u)" = 0 ]; }

# Says that test files need root, and counts each as one.
leave_out() {
  for file in $1; do
    printf '   skipped: %s needs root (sudo npm test)\n' "$file"
    if [ "$nothing_may_be_skipped" = yes ]; then fail "$file: skipped"; else skipped=$((skipped + 1)); fi
  done
}

nothing_may_be_skipped=no
if is_root || [ -n "${CI:-}" ]; then nothing_may_be_skipped=yes; fi

check_sources() {
  # shellcheck disable=SC2046 # no file of the project has a blank in its name
  {
    check shellcheck shellcheck --check-sourced --external-sources bench test/run.sh test/fresh/enter.sh .ci/run bpf/compile.sh \
      src/ci/action/measure.sh src/ci/action/history.sh src/ci/action/publish.sh src/ci/action/conclude.sh
    check clang-format clang-format --dry-run -Werror $(find bpf bpfload sandbox udpgen test -name '*.[ch]')
  }
  check prettier node_modules/.bin/prettier --check --log-level warn .
  check eslint node_modules/.bin/eslint .
  check types node_modules/.bin/tsc
}

# These build network namespaces.
need_root=' test/netns test/udpgen test/bpf test/documented '
# What measures, or loads the whole machine, has it to itself.
run_alone=' test/netns test/cli test/udpgen test/bpf test/documented '

# Of folders that run alone, what stands for the rest in a sample: rules of netfilter, whole runs, the load
# generator, programs on frames.
sample=' test/documented/documented-commands.test.ts test/netns/balancing.test.ts test/cli/stored-runs.test.ts test/udpgen/driver.test.ts test/bpf/balancer.test.ts '

# Sets `files`: the test files of a folder that are to be run.
choose_files() {
  files=$(find "$1" -name '*.test.ts' | sort)
  if [ "${TEST_EXTENT:-}" != sample ]; then return; fi
  case $run_alone in
  *" $1 "*)
    for file in $files; do
      case $sample in *" $file "*) printf '%s\n' "$file" ;; esac
    done >build/sample
    files=$(cat build/sample)
    rm build/sample
    if [ -z "$files" ]; then fail "$1: no file of it is in the sample"; fi
    ;;
  esac
}

test_project() {
  units=
  alone=
  for folder in test/*/; do
    folder=${folder%/}
    if [ "$folder" = test/fresh ]; then continue; fi
    choose_files "$folder"
    case $need_root in
    *" $folder "*)
      if ! is_root; then
        leave_out "$files"
        continue
      fi
      ;;
    esac
    case $run_alone in
    *" $folder "*) alone="$alone $files" ;;
    *) units="$units $files" ;;
    esac
  done
  # shellcheck disable=SC2086 # lists of words
  {
    ava_tests 'unit tests' $units
    if [ -n "${alone# }" ]; then ava_tests 'tests on real packets and whole runs' --concurrency 1 --serial $alone; fi
  }
}

# What pathbench does for others' CI it does for its own: a quick run, held to bench.gates.yaml. By the number of
# blocks, as a busy machine would end it by time.
hold_to_own_gates() {
  results=build/own-gates
  ./bench run redirect-vs-stack --quick --blocks 6 --quiet --results "$results" --reports "$results" &&
    ./bench check latest --results "$results"
}

test_own_gates() {
  if ! is_root || [ -z "${CI:-}" ]; then return; fi
  began=$(date +%s)
  heading 'redirect-vs-stack, held to bench.gates.yaml'
  rm -rf build/own-gates
  if hold_to_own_gates; then passed=$((passed + 1)); else fail 'redirect-vs-stack, held to bench.gates.yaml'; fi
  took
}

# The machines are set up beside one another; their runs wait for each other, by bench's own lock.
test_fresh_machines() {
  files=$(find test/fresh -name '*.test.ts' | sort)
  if is_root; then
    # shellcheck disable=SC2086 # a list of words
    ava_tests 'on machines that nobody has used yet' --timeout 60m $files
  else
    leave_out "$files"
  fi
}

if [ "$fresh" = --only-fresh ]; then
  export FRESH_EXTENT=all
else
  check_sources
  test_project
  test_own_gates
fi
if [ -n "$fresh" ]; then test_fresh_machines; fi

# Under sudo, build/ belongs to the user who called it.
if is_root && [ -n "${SUDO_UID-}" ]; then chown -R -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" build; fi

heading summary
if [ "$failed" != 0 ]; then printf 'Failed:%s\nThe full log: %s\n' "$failures" "$log"; fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
