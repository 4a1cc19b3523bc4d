# Sets up what ./bench found missing: the system's tools, Node, the npm packages, and what is built here.
#
# Sourced by ./bench with `root` (the project's folder), `needs` (cli, run or tests) and `wanted_tools`
# set; leaves `node` set. Every step looks again at what is there, so a set-up that was interrupted is
# taken up where it matters, and one that had to wait for another finds its work done.
# shellcheck shell=sh

# shellcheck source=launcher/report.sh
. "$root/launcher/report.sh"
# shellcheck source=launcher/tools.sh
. "$root/launcher/tools.sh"
# shellcheck source=launcher/packages.sh
. "$root/launcher/packages.sh"
# shellcheck source=launcher/nginx.sh
. "$root/launcher/nginx.sh"
# shellcheck source=launcher/node.sh
. "$root/launcher/node.sh"
# shellcheck source=launcher/native.sh
. "$root/launcher/native.sh"
# shellcheck source=launcher/name-missing.sh
. "$root/launcher/name-missing.sh"

# Folders of the project that this set-up writes to.
made=build

# Under sudo these belong to the user who called it, however the set-up ends.
give_to_caller() {
  if [ -z "${SUDO_UID-}" ] || ! is_root; then return 0; fi
  for folder in $made; do
    if [ -e "$root/$folder" ]; then chown -R -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$root/$folder"; fi
  done
}

# One set-up at a time. The lock is on a file of the project, so it leaves nothing behind.
take_turn() {
  command -v flock >/dev/null || return 0
  exec 9<"$root/launcher/set-up.sh"
  if ! flock --nonblock 9; then
    say 'waiting for another set-up to end'
    flock 9
  fi
}

look_around() {
  find_node
  find_missing_tools
}

something_is_missing() {
  [ -n "$missing_tools" ] || [ -z "$node" ] || ! npm_packages_are_there ||
    { [ "$needs" != cli ] && ! native_parts_are_current; }
}

set_up() {
  take_turn
  look_around
  if [ -n "$missing_tools" ]; then
    command -v apt-get >/dev/null || name_missing 'there is no apt-get here'
    is_root || name_missing 'only root can install packages; under sudo, bench does all of this'
    install_tools
  fi
  if [ -z "$node" ]; then install_node; fi
  if ! npm_packages_are_there; then install_npm_packages; fi
  if [ "$needs" != cli ] && ! native_parts_are_built; then build_native_parts; fi
}

# What ./bench reads the next time.
remember() {
  mkdir -p "$root/build"
  remember_as .ready printf '%s\n' "$node"
  if [ "$needs" != cli ] && ! path_is_known && every_tool_answers; then
    remember_as .paths print_known_paths
  fi
}

# Writes what a command prints to a file in build/, whole.
remember_as() {
  name=$1
  shift
  "$@" >"$root/build/$name.part"
  mv "$root/build/$name.part" "$root/build/$name"
}

print_known_paths() {
  # No more than a few: there are callers whose PATH is another every time.
  tail -n 20 "$root/build/.paths" 2>/dev/null || true
  printf '%s\n' "$PATH"
}

trap give_to_caller EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ "${BENCH_NO_INSTALL-}" = 1 ]; then
  look_around
  if something_is_missing; then name_missing 'BENCH_NO_INSTALL=1 forbids it'; fi
  remember
  if [ "$needs" != cli ]; then : >"$root/build/.built"; fi
elif [ ! -w "$root" ]; then
  look_around
  if something_is_missing; then name_missing "$(id -un) may not write to $root"; fi
else
  set_up
  remember
fi

give_to_caller
trap - EXIT INT TERM
exec 9<&-
