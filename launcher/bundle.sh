# The command line as one file, made of src/ and its libraries: Node would find, read and link some 900 at every start.
# Made anew where a source is newer. Where it is not there and cannot be made, Node runs the sources themselves.
# shellcheck shell=sh
# shellcheck disable=SC3013 # -nt, as in bench

# npm brings the one for this machine; esbuild's own command wants a script of its installation to have run.
for bundler in "$root"/node_modules/@esbuild/linux-*/bin/esbuild; do :; done

# bundle_sources FILE [OPTION…]: writes all that src/cli/main.ts imports to one file. Libraries that are CommonJS call
# `require`, which a module does not have. Node reads a file of nothing but ASCII faster: esbuild escapes what is not, but for
# comments and parts of templates.
bundle_sources() {
  into=$1
  shift
  "$bundler" "$root/src/cli/main.ts" --bundle --platform=node --target=node22.18 --format=esm --log-level=warning \
    --banner:js="import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" \
    --minify-whitespace --line-limit=160 --legal-comments=none --supported:template-literal=false --outfile="$into" "$@"
}

# The bundle is as old as the start of its making, so that a source saved meanwhile is newer. Folders are as old as the last
# file that came or went.
bundle_is_current() {
  [ -e "$bundle" ] || return 1
  for source in "$root"/src/*/*.ts "$root"/src/*/*/*.ts "$root"/src/*/ "$root"/src/*/*/ "$root"/node_modules/.package-lock.json; do
    [ ! "$source" -nt "$bundle" ] || return 1
  done
}

# One process makes it, and none waits for another.
make_bundle() {
  [ -w "$setup_folder/build" ] && [ -x "$bundler" ] && command -v flock >/dev/null || return 1
  mkdir -p "${bundle%/*}"
  (
    flock --nonblock 9 || exit 1
    began=${bundle%/*}/.began
    : >"$began"
    # Its own words are Node's too, a moment later.
    bundle_sources "$bundle.part" 2>/dev/null || exit 1
    touch -r "$began" "$bundle.part"
    mv "$bundle.part" "$bundle"
    if [ -n "${SUDO_UID-}" ] && [ "$(id -u)" = 0 ]; then chown -R -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "${bundle%/*}"; fi
  ) 9<"$root/launcher/bundle.sh"
}

# Sets `main` to what Node is to run.
# shellcheck disable=SC2034 # for bench
choose_main() {
  main=$root/src/cli/main.ts
  bundle=$setup_folder/build/cli/main.js
  if bundle_is_current; then
    main=$bundle
  elif [ "${BENCH_NO_INSTALL-}" != 1 ] && make_bundle; then
    main=$bundle
  fi
}
