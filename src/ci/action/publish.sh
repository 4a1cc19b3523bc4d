#!/bin/sh
# Shows what was found where people look: the HTML report, the job's summary, annotations on the change.
# What cannot be shown is a warning: the verdict counts all the same.
set -u

here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
action_folder=$(CDPATH='' cd "$here/../../.." && pwd)
# shellcheck source=src/ci/action/workflow.sh
. "$here/workflow.sh"

# attempt COMMAND…: its output; or, if it fails, a warning with its words.
attempt() {
  if "$@" 2>"$FOLDER/words"; then
    cat "$FOLDER/words" >&2
  else
    annotate warning 'pathbench: not all of it can be shown' <"$FOLDER/words"
  fi
}

# export_as FORMAT [OPTION…]
export_as() {
  set -- export "$RUN" --format "$@" --results "$FOLDER/results"
  if [ -n "$GATES" ]; then set -- "$@" --gates "$GATES"; fi
  if [ -n "$BASELINE" ]; then set -- "$@" --baseline "$BASELINE"; fi
  attempt "$action_folder/bench" "$@"
}

# The last report is that of the run that decided.
write_reports() {
  "$action_folder/bench" report "$FOLDER"/results/*/*/run.json --reports "$FOLDER/reports" >"$FOLDER/names" &&
    output report "$(tail -n 1 "$FOLDER/names")"
}

attempt write_reports
export_as markdown --summary
if [ -s "$FOLDER/changes" ]; then
  {
    printf '\n**A lasting change for the worse, found with this run:**\n\n'
    sed 's/^/- /' "$FOLDER/changes"
  } >>"$GITHUB_STEP_SUMMARY"
fi

# What shows in one run and was not confirmed is no error on a change that passes.
level=error
if [ "$EXIT_CODE" = 0 ]; then level=warning; fi
export_as github-annotations | sed "s/^::error /::$level /"
