# What is built here: the BPF programs, and the native programs beside them.
# shellcheck shell=sh

# All is built again if the last build did not end well: what a killed compiler or linker left behind
# can be newer than its source. `.built` keeps the time at which the build began, so that a source
# saved during it counts as newer.
build_native_parts() {
  say 'building the BPF programs and native programs'
  mkdir -p "$root/build"
  extent=--always-make
  if [ -e "$root/build/.built" ]; then extent=--no-print-directory; fi
  rm -f "$root/build/.built"
  : >"$root/build/.building"
  for folder in $native_folders; do
    capture make "$extent" -C "$root/$folder" ||
      give_up "Could not build $folder/ in $root:" 'mend what the compiler complains about, and call bench again'
  done
  mv "$root/build/.building" "$root/build/.built"
}

# Whether there is nothing to build, also where someone else called make.
native_parts_are_current() {
  if native_parts_are_built; then return 0; fi
  for folder in $native_folders; do capture make -q -C "$root/$folder" || return 1; done
}
