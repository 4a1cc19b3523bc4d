#!/bin/sh
# All checks of the project: `npm test`. Sets up what they need, runs every one even if some fail, and
# ends with a line `N passed, N failed, N skipped`. The full output of the tests is in
# build/test-log.tap.
#
#   test/run.sh                 all but test/fresh
#   test/run.sh --check         what takes seconds and needs no root, for in between: `npm run check`
#   test/run.sh --fresh         test/fresh besides, with a sample of the tests in there: what CI runs
#   test/run.sh --only-fresh    only test/fresh, with all tests in there: `npm run test:fresh`
#
# With TEST_EXTENT=sample: the unit tests, and one file of each folder that measures or loads the machine; without what
# is checked of the TypeScript, which is the same on every machine.
#
# Namespace tests need root. Without it they are skipped; as root, or where CI is set, a skipped test
# counts as failed, so that what CI calls green has been tested.
set -u

cd "$(dirname "$0")/.." || exit 1
extent=${1:-}
if ! ./bench setup; then
  printf '0 passed, 1 failed, 0 skipped\n'
  exit 1
fi

# The tools as bench finds them, and the Node that set-up chose, as the one in PATH may be too old; what else is
# in its folder is left there.
root=$PWD
# shellcheck disable=SC2034 # for set_search_path
setup_folder=$root
# shellcheck source=launcher/search-path.sh
. ./launcher/search-path.sh
set_search_path
read -r node <build/.ready
mkdir -p build/bin
ln -sf "$node" build/bin/node
PATH=$root/build/bin:$PATH
export NODE_OPTIONS='--disable-warning=ExperimentalWarning'
# Also of what is made of TypeScript.
export NODE_COMPILE_CACHE="$root/build/compile-cache"

log=$root/build/test-log.tap
: >"$log"
# shellcheck source=test/count.sh
. test/count.sh
# shellcheck source=test/side-by-side.sh
. test/side-by-side.sh
# shellcheck source=test/files.sh
. test/files.sh
# shellcheck source=test/unchanged.sh
. test/unchanged.sh

nothing_may_be_skipped=no
if is_root || [ -n "${CI:-}" ]; then nothing_may_be_skipped=yes; fi

# shellcheck disable=SC2046 # no file of the project has a blank in its name
check_shell_and_c() {
  check shellcheck shellcheck --check-sourced --external-sources bench test/run.sh test/fresh/enter.sh .ci/run bpf/compile.sh sandbox/commands.sh packaging/prepack.sh \
    src/ci/action/measure.sh src/ci/action/history.sh src/ci/action/publish.sh src/ci/action/conclude.sh
  check clang-format clang-format --dry-run -Werror $(find bpf bpfload forward machine sandbox src udpgen test -name '*.[ch]')
}

# What was checked before and is the same since is passed over: tsc knows what a file's types depend on, prettier's
# answer depends on the file alone. eslint's rules on types ask other files, too, so that what it remembers will
# do only in between.
check_formats() {
  check prettier node_modules/.bin/prettier --check --log-level warn --cache --cache-strategy content \
    --cache-location build/prettier-cache .
}
check_types() { check types node_modules/.bin/tsc --incremental --tsBuildInfoFile build/tsc.tsbuildinfo; }
check_rules() {
  if [ "$extent" = --check ]; then set -- --cache --cache-strategy content --cache-location build/eslint-cache; fi
  check eslint node_modules/.bin/eslint "$@" .
  check 'who imports whom' node_modules/.bin/depcruise --config dependency-cruiser.config.js --cache build/depcruise-cache \
    --cache-strategy content src
}

# unit_tests NAME BUNDLE…
unit_tests() {
  name=$1
  shift
  ava_tests "$name" --config ava.units.config.js --serial "$@"
  keep_passed "$@"
}

# shellcheck disable=SC2086 # lists of words
pass_over_unchanged() {
  all=$(count_words $starting $computing)
  choose_changed $starting $computing
  starting=$(only_changed $starting)
  computing=$(only_changed $computing)
  printf 'Unit tests of %d of %d folders: the others passed as they are.\n' "$(count_words $starting $computing)" "$all"
}
count_words() { echo $#; }

# All that may run beside one another, and what commands do beside the first tests on real packets, which measure
# nothing either: without, a core would be idle while the commands end.
# shellcheck disable=SC2086 # lists of words
test_side_by_side() {
  if [ "$extent" = --check ]; then pass_over_unchanged; fi
  for bundle in $starting; do
    begin unit_tests "unit tests of $(basename "$bundle" .test.ts)" "$bundle"
  done
  if [ -n "$computing" ]; then begin unit_tests 'unit tests' $computing; fi
  # In a sample they would say the same again.
  if [ "${TEST_EXTENT:-}" != sample ]; then
    begin check_rules
    begin check_types
    begin check_formats
  fi
  begin check_shell_and_c
  quick=$begun
  if [ "$extent" != --check ] && [ -n "$commands" ]; then
    begin ava_tests 'commands' --config ava.units.config.js --serial $commands
  fi
  collect "$quick"
  if [ "$extent" != --check ]; then
    with_rights "$pairs"
    if [ -n "$files" ]; then begin ava_tests 'tests on real packets' --concurrency 2 $files; fi
  fi
  collect
}

# Sets `files` to those of $1 that can run; what is not of the command line needs root.
with_rights() {
  files=
  for file in $1; do
    case $file in
    test/cli/*) files="$files $file" ;;
    *) if is_root; then files="$files $file"; else leave_out "$file"; fi ;;
    esac
  done
}

# shellcheck disable=SC2086 # lists of words
test_real_packets() {
  with_rights "$here"
  if [ -n "$files" ]; then begin ava_tests 'whole runs, and what loads the machine' --concurrency 1 --serial $files; fi
  with_rights "$apart"
  if [ -n "$files" ]; then begin in_own_network ava_tests 'whole runs in a network namespace' --concurrency 1 --serial $files; fi
  collect
  with_rights "$alone"
  if [ -n "$files" ]; then ava_tests 'whole runs that judge' --concurrency 1 --serial $files; fi
}

# in_own_network COMMAND…: a command of count.sh's, whose tests have a network namespace to themselves.
in_own_network() {
  within=own_network
  "$@"
}
own_network() { unshare --net sh -c 'ip link set lo up && exec "$@"' sh "$@"; }

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

if [ "$extent" = --only-fresh ]; then
  export FRESH_EXTENT=all
else
  choose_files
  test_side_by_side
  if [ "$extent" != --check ]; then
    test_real_packets
    test_own_gates
  fi
fi
case $extent in --fresh | --only-fresh) test_fresh_machines ;; esac

# Under sudo, build/ belongs to the user who called it.
if is_root && [ -n "${SUDO_UID-}" ]; then chown -R -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" build; fi

heading summary
# shellcheck disable=SC2031 # the names are also of variables in the background
if [ "$failed" != 0 ]; then printf 'Failed:%s\nThe full log: %s\n' "$failures" "$log"; fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
