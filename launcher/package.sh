# What is different where bench was installed as a package, and is no checkout.
# shellcheck shell=sh

# Sets `is_package`, and `setup_folder`, which has what set-up makes: build/ and .toolchain/ (`toolchain` in messages). In a checkout that is the
# project's own. A package is left as it was installed, by whom and for whomever that was: there it is among the caches
# of the user who runs, by the XDG Base Directory Specification. src/host/project.ts is told.
find_setup_folder() {
  is_package=no
  setup_folder=$root
  toolchain=.toolchain/
  if [ -e "$root/src/cli/main.ts" ]; then return 0; fi
  is_package=yes
  case ${XDG_CACHE_HOME-} in
  /*) caches=$XDG_CACHE_HOME ;;
  *) caches=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}/.cache ;;
  esac
  setup_folder=$caches/pathbench/$(package_version)
  toolchain=$setup_folder/.toolchain/
  export BENCH_SETUP_FOLDER="$setup_folder"
}

# The version in package.json.
package_version() {
  while read -r key value; do
    if [ "$key" != '"version":' ]; then continue; fi
    value=${value#\"}
    printf '%s' "${value%\"*}"
    return
  done <"$root/package.json"
}

# Whether the package came with native programs for this machine. It has all of them, or none.
programs_came_with_package() { [ "$is_package" = yes ] && [ -x "$root/prebuilt/$(uname -m)/udpgen" ]; }

# A package has no sources that are newer than what was made of them, as npm gives all the same time; but its folders are
# as old as the installation.
package_was_installed_since() {
  [ "$is_package" = yes ] || return 1
  for folder in $native_folders; do
    if [ "$root/$folder" -nt "$1" ]; then return 0; fi
  done
  return 1
}

# Puts sources where they can be built: Makefiles build beside their folders.
copy_sources() {
  [ "$is_package" = yes ] || return 0
  mkdir -p "$setup_folder/launcher"
  for part in $sources_to_copy; do
    rm -rf "${setup_folder:?}/$part"
    cp -R "$root/$part" "$setup_folder/$part"
  done
}

# Whether a scenario among the arguments may name a BPF source of the user's own: those that come with the package are
# built. `bench ab` builds two versions of one.
has_programs_to_build() {
  if [ "$command" = ab ]; then return 0; fi
  for argument; do
    case $argument in
    --) break ;;
    # A program of one's own by --with.
    *.c:*@*) return 0 ;;
    */* | *.yaml | *.yml) if [ -f "$argument" ] && grep -q 'object:.*\.c\>' "$argument"; then return 0; fi ;;
    esac
  done
  return 1
}
