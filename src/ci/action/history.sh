#!/bin/sh
# Adds the run to the history that a branch of the repository keeps, and looks for what it brings to light.
#
# The branch is written without being checked out: the workspace and the repository's other branches stay as
# they are.
set -eu

here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
action_folder=$(CDPATH='' cd "$here/../../.." && pwd)
# shellcheck source=src/ci/action/workflow.sh
. "$here/workflow.sh"

run_folder=$(dirname "$RUN")
scenario=$(basename "$(dirname "$run_folder")")
history=$FOLDER/history.jsonl
mkdir -p "$FOLDER/reports"

history_git() { git -c 'safe.directory=*' -c user.name=pathbench -c user.email=pathbench@localhost "$@"; }

fail() {
  printf '%s\n' "$1" | annotate error 'pathbench: the history could not be kept'
  exit 1
}

# Writes `history`, and sets `parent` to the branch's commit; empty where there is no such branch yet.
fetch_history() {
  rm -f "$history"
  parent=
  answer=0
  history_git ls-remote --exit-code --heads origin "refs/heads/$HISTORY_BRANCH" >/dev/null || answer=$?
  case $answer in
  0) ;;
  2) return ;; # git-ls-remote(1): no such reference
  *) fail "Could not ask the repository for its branch $HISTORY_BRANCH. The log of the step has git's words." ;;
  esac
  history_git fetch --quiet --no-tags --depth=1 origin "refs/heads/$HISTORY_BRANCH"
  parent=$(history_git rev-parse FETCH_HEAD)
  if history_git cat-file -e "$parent:history.jsonl" 2>/dev/null; then
    history_git show "$parent:history.jsonl" >"$history"
  fi
}

# The branch's files with the longer history, as a commit: prints its name.
commit_history() {
  GIT_INDEX_FILE=$FOLDER/index
  export GIT_INDEX_FILE
  rm -f "$GIT_INDEX_FILE"
  if [ -n "$parent" ]; then history_git read-tree "$parent"; fi
  blob=$(history_git hash-object -w --no-filters "$history")
  history_git update-index --add --cacheinfo "100644,$blob,history.jsonl"
  tree=$(history_git write-tree)
  history_git commit-tree "$tree" ${parent:+-p "$parent"} -m "Add run $(basename "$run_folder") of $scenario"
}

# Another job may push to the branch between our fetch and our push: then ours is made again, on top of it.
add_to_history() {
  for _ in 1 2 3; do
    fetch_history
    "$action_folder/bench" trend "$history" --append "$RUN" --scenario "$scenario" \
      --html "$FOLDER/reports/trend.html" --json >"$FOLDER/trend.json"
    commit=$(commit_history)
    if history_git push --quiet origin "$commit:refs/heads/$HISTORY_BRANCH"; then return; fi
  done
  fail "Could not push to branch $HISTORY_BRANCH. Give the job \"permissions: { contents: write }\", and protect the branch from nobody."
}

add_to_history
read -r node <"$action_folder/build/.ready"
"$node" --disable-warning=ExperimentalWarning "$action_folder/src/ci/action/print-new-changes.ts" \
  "$FOLDER/trend.json" "$(basename "$run_folder")" >"$FOLDER/changes"
