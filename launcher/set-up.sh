# Sets up what ./bench found missing: the system's tools, Node, the npm packages, and what is built here.
#
# Sourced by ./bench with `root` (the project's folder), `setup_folder`, `needs` (cli, run or tests) and
# `wanted_tools` set; leaves `node` set. Every step looks again at what is there, so a set-up that was interrupted is
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

# Folders in `setup_folder`, or the project's own, that this set-up writes to.
made=build

# Under sudo these belong to the user who called it, however the set-up ends.
give_to_caller() {
  if [ -z "${SUDO_UID-}" ] || ! is_root; then return 0; fi
  if [ "$is_package" = yes ]; then
    give_caches_to_caller
    return
  fi
  for folder in $made; do
    if [ -e "$root/$folder" ]; then chown -R -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$root/$folder"; fi
  done
}

# Root's own caches stay root's, who runs what is in them.
give_caches_to_caller() {
  [ -d "$caches/pathbench" ] && [ "$(stat -c %u "${caches%/*}")" = "$SUDO_UID" ] || return 0
  chown -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$caches"
  chown -R -h "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$caches/pathbench"
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

# For those who set it up themselves: $1 is why bench does not.
require_everything() {
  look_around
  if something_is_missing; then name_missing "$1"; fi
  if [ "$needs" != cli ] && can_write && ! native_parts_are_built; then
    mkdir -p "$setup_folder/build"
    : >"$setup_folder/build/.built"
  fi
}

# Whether there is room for what is made.
can_write() {
  if [ "$is_package" = yes ]; then mkdir -p "$setup_folder" 2>/dev/null || return 1; fi
  [ -w "$setup_folder" ]
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
  mkdir -p "$setup_folder/build"
  remember_as .ready printf '%s\n' "$node"
  if [ "$needs" != cli ] && ! path_is_known && every_tool_answers; then
    remember_as .paths print_known_paths
  fi
}

# Writes what a command prints to a file in build/, whole.
remember_as() {
  name=$1
  shift
  "$@" >"$setup_folder/build/$name.part"
  mv "$setup_folder/build/$name.part" "$setup_folder/build/$name"
}

print_known_paths() {
  # No more than a few: there are callers whose PATH is another every time.
  tail -n 20 "$setup_folder/build/.paths" 2>/dev/null || true
  printf '%s\n' "$PATH"
}

trap give_to_caller EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ "${BENCH_NO_INSTALL-}" = 1 ]; then
  require_everything 'BENCH_NO_INSTALL=1 forbids it'
elif can_write; then
  set_up
else
  require_everything "$(id -un) may not write to $setup_folder"
fi
if can_write; then remember; fi

give_to_caller
trap - EXIT INT TERM
exec 9<&-
