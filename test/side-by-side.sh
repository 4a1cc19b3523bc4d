# Checks beside one another. What each prints is shown whole, in the order in which they began, so that no two are
# mixed.
# shellcheck shell=sh
# What is counted in the background is meant to stay there until it is collected:
# shellcheck disable=SC2030,SC2031

beside=$(mktemp -d "$root/build/beside.XXXXXX")
begun=0
collected=0
trap 'rm -rf "$beside"' EXIT

# A shell starts what is in its background with Ctrl-C ignored, so it has to be told.
trap 'end_begun; exit 130' INT
trap 'end_begun; exit 143' TERM

end_begun() {
  for pid_file in "$beside"/*.pid; do
    if [ -e "$pid_file" ]; then end_tree "$(cat "$pid_file")"; fi
  done
}

# Ends a process after all that it started.
end_tree() {
  # shellcheck disable=SC2013 # words of one line
  for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do end_tree "$child"; done
  kill "$1" 2>/dev/null
}

# begin COMMAND…: a command of count.sh's, or a function that calls some, beside what follows.
begin() {
  begun=$((begun + 1))
  place=$beside/$begun
  (
    trap - EXIT INT TERM
    log=$place.log
    passed=0 failed=0 skipped=0 failures=
    "$@"
    printf '%s' "$failures" >"$place.failures"
    printf '%s %s %s\n' "$passed" "$failed" "$skipped" >"$place.counts"
  ) >"$place.output" 2>&1 &
  echo "$!" >"$place.pid"
}

# collect [NUMBER]: waits for all that was begun, or the first NUMBER of it, and counts it.
collect() {
  for number in $(seq "$((collected + 1))" "${1:-$begun}"); do
    place=$beside/$number
    wait "$(cat "$place.pid")"
    rm "$place.pid"
    cat "$place.output"
    if [ -e "$place.log" ]; then cat "$place.log" >>"$log"; fi
    if [ -e "$place.counts" ]; then
      read -r part_passed part_failed part_skipped <"$place.counts"
      passed=$((passed + part_passed))
      failed=$((failed + part_failed))
      skipped=$((skipped + part_skipped))
      failures=$failures$(cat "$place.failures")
    else
      fail "a check ended before its time: $(sed -n 's/^== //p' "$place.output" | tail -n 1)"
    fi
  done
  collected=${1:-$begun}
}
