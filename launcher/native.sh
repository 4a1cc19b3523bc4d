# What is built here: the BPF programs, and the native programs beside them.
# shellcheck shell=sh

# All is built again if the last build did not end well: what a killed compiler or linker left behind
# can be newer than its source. `.built` keeps the time at which the build began, so that a source
# saved during it counts as newer.
build_native_parts() {
  if [ "$is_package" = yes ]; then say 'building the native programs'; else say 'building the BPF programs and native programs'; fi
  mkdir -p "$setup_folder/build"
  copy_sources
  extent=--always-make
  if [ -e "$setup_folder/build/.built" ]; then extent=--no-print-directory; fi
  rm -f "$setup_folder/build/.built"
  : >"$setup_folder/build/.building"
  for folder in $native_folders; do
    capture make "$extent" -C "$setup_folder/$folder" ||
      give_up "Could not build $folder/ in $setup_folder:" 'mend what the compiler complains about, and call bench again'
  done
  mv "$setup_folder/build/.building" "$setup_folder/build/.built"
}

# Whether there is nothing to build, also where someone else called make.
native_parts_are_current() {
  if native_parts_are_built; then return 0; fi
  for folder in $native_folders; do capture make -q -C "$setup_folder/$folder" || return 1; done
}
