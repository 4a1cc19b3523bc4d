#!/bin/sh
# Measures, and judges what was measured. Ends well whatever it found: conclude.sh says what that means.
set -euf

here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
action_folder=$(CDPATH='' cd "$here/../../.." && pwd)
# shellcheck source=src/ci/action/workflow.sh
. "$here/workflow.sh"
# shellcheck source=src/ci/action/find-base.sh
. "$here/find-base.sh"

folder=$(mktemp -d "$RUNNER_TEMP/pathbench.XXXXXX")
log=$folder/log
: >"$log"

say() { printf 'pathbench: %s\n' "$1"; }

# The run that decided is the latest: it is made to confirm what the one before found.
finish() {
  output folder "$folder"
  output exit-code "$1"
  output run "$(find "$folder" -name run.json | sort | tail -n 1)"
  exit 0
}

# give_up CODE MESSAGE HINT
give_up() {
  printf '%s\nHint: %s\n' "$2" "$3" | tee -a "$log"
  finish "$1"
}

# Runs bench as root, its words in the log of the step and in `log`; returns its exit code.
bench_as_root() {
  if [ "$(id -u)" = 0 ]; then set -- "$action_folder/bench" "$@"; else set -- sudo "$action_folder/bench" "$@"; fi
  {
    code=0
    "$@" 2>&1 || code=$?
    printf '%s\n' "$code" >"$folder/code"
  } | tee -a "$log"
  return "$(cat "$folder/code")"
}

# refuse_in MODE NAME VALUE: an input that would change nothing, and silently.
refuse_in() {
  if [ "$MODE" = "$1" ] && [ -n "$3" ]; then
    give_up 2 "Could not use the input $2 with mode $1: it has no meaning there" 'take it out of the workflow, or set the other mode'
  fi
}

require_boolean() {
  case $2 in
  true | false) ;;
  *) give_up 2 "Could not use the input $1: expected true or false, not \"$2\"" 'correct it in the workflow' ;;
  esac
}

check_inputs() {
  case $MODE in
  ab | run) ;;
  *) give_up 2 "Could not use the input mode: expected ab or run, not \"$MODE\"" 'correct it in the workflow' ;;
  esac
  refuse_in ab gates "$GATES"
  refuse_in ab baseline "$BASELINE"
  refuse_in ab history-branch "$HISTORY_BRANCH"
  refuse_in run base "$BASE"
  refuse_in run path "$PATH_NAME"
  require_boolean quick "$QUICK"
  require_boolean fail-on-regression "$FAIL_ON_REGRESSION"
}

check_root() {
  if [ "$(id -u)" != 0 ] && ! sudo -n true; then
    give_up 3 'Could not become root on this runner' \
      'let its user call sudo without a password, or run the job as root in a privileged container'
  fi
}

# Holds a run to its gates; one that has none passes.
check_gates() {
  set -- check "$1" --confirm --results "$folder/results"
  if [ -n "$GATES" ]; then set -- "$@" --gates "$GATES"; fi
  if [ -n "$BASELINE" ]; then set -- "$@" --baseline "$BASELINE"; fi
  checked=0
  bench_as_root "$@" || checked=$?
  if [ "$checked" = 2 ] && [ -z "$GATES$BASELINE" ] &&
    grep -q '^Could not check run .*: there are no gates for ' "$log"; then checked=0; fi
  return "$checked"
}

check_inputs
check_root
base=
if [ "$MODE" = ab ]; then find_base; fi

if [ -n "$base" ]; then
  set -- ab "$SCENARIO" --base "$base"
  if [ -n "$PATH_NAME" ]; then set -- "$@" --path "$PATH_NAME"; fi
else
  set -- run "$SCENARIO"
fi
if [ -n "$MARGIN" ]; then set -- "$@" --margin "$MARGIN"; fi
if [ "$QUICK" = true ]; then set -- "$@" --quick; fi
# shellcheck disable=SC2086 # a list of words
set -- "$@" $ARGS --no-report --results "$folder/results"

outcome=0
bench_as_root "$@" || outcome=$?
if [ -z "$base" ] && [ "$outcome" = 0 ]; then
  check_gates "$(find "$folder" -name run.json)" || outcome=$?
fi
finish "$outcome"
