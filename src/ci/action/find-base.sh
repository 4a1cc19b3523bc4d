# Finding the version that a change is compared with. Sourced by measure.sh, which sets `action_folder`, and
# defines `say` and `give_up`; the inputs of the action come in capitals.
# shellcheck shell=sh

# Git, in the folder that the scenario is in. In a container the checkout can belong to another user.
scenario_git() { git -c 'safe.directory=*' -C "$scenario_folder" "$@"; }

# What the checked-out merge of a pull request was made on: its first parent, if the second is the pull
# request's own head. The event's base is what was there when the request was last pushed to. Others may have
# merged since; their changes are in the merge, and must not be blamed on this one. A shallow clone knows the
# merge's parents by name only.
parent_of_merge() {
  [ -n "$PULL_REQUEST_HEAD" ] || return 0
  # shellcheck disable=SC2046 # a list of words
  set -- $(scenario_git cat-file -p HEAD 2>/dev/null | sed -n '/^$/q; s/^parent //p')
  if [ "${2-}" = "$PULL_REQUEST_HEAD" ]; then printf '%s\n' "$1"; fi
}

commit_named() { scenario_git rev-parse --verify --quiet --end-of-options "$1^{commit}"; }

# What was asked for, or else what the event tells.
name_base() {
  # shellcheck disable=SC2153 # the input
  base=$BASE
  if [ -z "$base" ]; then base=$(parent_of_merge); fi
  if [ -z "$base" ]; then base=$EVENT_BASE; fi
  case $base in
  '') give_up 2 'Could not tell what to compare with: this event has no base' 'set the input base, or mode: run' ;;
  *[!0]*) ;;
  *) give_up 2 'Could not tell what to compare with: nothing was there before this push' 'set the input base' ;;
  esac
}

# Turns a name into a commit that is there.
find_commit() {
  if ! scenario_git rev-parse --git-dir >/dev/null 2>&1; then
    give_up 2 "Could not compare versions of $SCENARIO: it is in no git repository" \
      'check the repository out first, and name a scenario file of it'
  fi
  commit=$(commit_named "$base" || commit_named "origin/$base" || true)
  if [ -z "$commit" ]; then
    say "fetching $base"
    if ! scenario_git fetch --quiet --no-tags --depth=1 origin "$base"; then
      give_up 2 "Could not find the base $base" \
        'give actions/checkout "fetch-depth: 0"; without its "persist-credentials" nothing can be fetched later from a private repository'
    fi
    commit=$(commit_named FETCH_HEAD)
  fi
  base=$commit
}

# Sets `base`: a commit that is there, or the file or folder that was named; empty where the scenario
# is new, and so has no older version.
find_base() {
  scenario_folder=$action_folder/scenarios
  if [ -f "$SCENARIO" ]; then scenario_folder=$(dirname "$SCENARIO"); fi
  name_base
  if [ -e "$base" ]; then return 0; fi
  find_commit
  if [ -f "$SCENARIO" ] && ! scenario_git cat-file -e "$base:./$(basename "$SCENARIO")" 2>/dev/null; then
    say "$SCENARIO is new: $base does not have it, and there is nothing to compare it with"
    base=
  fi
}
