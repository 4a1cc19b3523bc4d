#!/bin/sh
# Says what came of it, and ends as the workflow asked.
set -eu

here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
# shellcheck source=src/ci/action/workflow.sh
. "$here/workflow.sh"

# The last error in the words of bench; nothing where the measuring did not begin.
error_words() {
  if [ ! -r "$FOLDER/log" ]; then return; fi
  awk '
    /^(Could not |error: |Internal error)/ { text = ""; isError = 1 }
    isError { text = text $0 "\n" }
    END { printf "%s", text }
  ' "$FOLDER/log"
}

# outcome VERDICT
outcome() {
  output verdict "$1"
  output exit-code "$code"
}

# fail VERDICT TITLE OTHERWISE: in the words of bench, or in those of OTHERWISE where it had none.
fail() {
  outcome "$1"
  words=$(error_words)
  words=${words:-$3}
  printf '%s\n' "$words" | annotate error "pathbench: $2"
  {
    printf '\n**pathbench: %s**\n\n' "$2"
    printf '%s\n' "$words" | sed 's/^/    /'
  } >>"$GITHUB_STEP_SUMMARY"
  exit 1
}

# What the history shows, or the lines of bench on what it found.
regression_words() {
  printf '%s\n' "$SCENARIO"
  if [ -s "$FOLDER/changes" ]; then cat "$FOLDER/changes"; else grep -E '^breached |  regression[:,] ' "$FOLDER/log" || true; fi
  printf '%s\n' "The job's summary has the figures, the artifact the report."
}

# A step that could not do its work has left no exit code.
code=${EXIT_CODE:-1}
if [ "$code" = 0 ] && [ -s "$FOLDER/changes" ]; then code=5; fi
if [ "$HISTORY_OUTCOME" = failure ]; then code=1; fi

case $code in
0) outcome passed ;;
5)
  outcome regression
  level=error
  if [ "$FAIL_ON_REGRESSION" = false ]; then level=warning; fi
  regression_words | annotate "$level" 'pathbench: regression'
  [ "$level" = warning ]
  ;;
4) fail failed 'the run failed' "A path's proof did not hold: its packets did not go the way that the scenario says." ;;
3) fail unable 'this runner cannot run it' 'It lacks root, BPF or a tool: the log of the step says which.' ;;
2) fail misused 'wrong usage or scenario' 'The log of the step has the details.' ;;
130 | 143) code=130 && fail interrupted 'interrupted' 'What was measured until then is in the artifact.' ;;
*) code=1 && fail broken 'it did not work' 'The log of the step has the details.' ;;
esac
