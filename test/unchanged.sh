# Bundles of unit tests that have passed as they are, and need not be run again in between. What tests find on the machine is
# not looked at.
# shellcheck shell=sh

passed_units=build/passed-units

# Sets `changed` to those of these bundles that have not passed as they are. Where that cannot be told, it is all.
choose_changed() {
  changed=
  if ! node test/unit-keys.ts "$@"; then
    changed=" $* "
    return
  fi
  for bundle; do
    name=$(basename "$bundle" .test.ts)
    cmp -s "build/units/$name.key" "$passed_units/$name.key" || changed="$changed $bundle "
  done
}

# Prints those of these bundles that are among `changed`.
only_changed() {
  for bundle; do
    case $changed in *" $bundle "*) printf ' %s' "$bundle" ;; esac
  done
}

# keep_passed BUNDLE…: of bundles that have been run, those that passed. Where something failed that is no bundle's own by
# its name, it may be any's.
keep_passed() {
  mkdir -p "$passed_units"
  own=0
  kept=
  for bundle; do
    name=$(basename "$bundle" .test.ts)
    found=$(printf '%s\n' "$failures" | grep -c "^  $name › ")
    own=$((own + found))
    if [ "$found" = 0 ]; then kept="$kept $name"; fi
  done
  [ "$own" = "$failed" ] || return 0
  for name in $kept; do cp "build/units/$name.key" "$passed_units/" 2>/dev/null; done
}
