# How checks and tests are run, shown and counted.
# shellcheck shell=sh
#
# The caller sets `nothing_may_be_skipped`, and `beside`, a folder for files that are not kept; the full output of tests is
# added to the file `log`. `within` is what the tests are called by, if anything.

passed=0
failed=0
skipped=0
failures=
within=

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
  part=$(mktemp "$beside/tap.XXXXXX")
  {
    $within node_modules/.bin/ava --tap "$@" 2>&1
    echo "$?" >"$part.exit"
  } | tee "$part" | awk "$show_failures"
  cat "$part" >>"$log"

  part_failed=$(($(count '^not ok ') - $(count '^not ok .*# TODO')))
  part_skipped=$(count '^ok .*# SKIP')
  part_passed=$(($(count '^ok ') - part_skipped))
  printf '   %d passed, %d failed, %d skipped\n' "$part_passed" "$part_failed" "$part_skipped"
  passed=$((passed + part_passed))
  failed=$((failed + part_failed))
  list_failures "$(sed -nE '/# TODO/d; s/^not ok [0-9]+ - /  /p' "$part")"

  if [ "$part_failed" = 0 ] && [ "$(cat "$part.exit")" != 0 ]; then
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
  rm -f "$part" "$part.exit"
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
