# Naming what is missing, for those who set it up themselves.
# shellcheck shell=sh

# Sets `manager` and `column`: what installs packages here, and which names it knows them by.
find_manager() {
  column=debian
  if command -v apt-get >/dev/null; then
    manager='apt-get install --no-install-recommends'
  elif command -v dnf >/dev/null; then
    manager='dnf install' column=fedora
  elif command -v pacman >/dev/null; then
    manager='pacman -S --needed' column=arch
  else
    manager=
  fi
}

name_line() { printf '  %-18s %s\n' "$1" "$2"; }

# One line on a tool. Where the package manager is not known, the names that its package goes by elsewhere.
name_tool() {
  why=$(tool_column "$1" why)
  if [ -z "$manager" ]; then
    why="$why (Debian: $(tool_column "$1" debian), Fedora: $(tool_column "$1" fedora), Arch: $(tool_column "$1" arch))"
  fi
  case $1 in
  *.h | *.py) ;;
  *) if other=$(command -v "$1"); then why="$why; $other is another program, or broken"; fi ;;
  esac
  name_line "$1" "$why"
}

# Both sides of what is not the system's: the line that names it, and the command that gets it.
name_own_parts() {
  if [ -z "$node" ]; then
    "$1" 'Node >= 22.18' 'runs bench' "npm install --prefix .toolchain --no-save $(node_package)"
  fi
  if ! npm_packages_are_there; then
    "$1" 'npm packages' 'the libraries in package-lock.json' 'npm ci'
  fi
  if [ "$needs" != cli ] && ! native_parts_are_current; then
    "$1" 'native parts' 'are not built, or older than their sources' \
      "$(copying)for folder in $native_folders; do make -C \$folder; done"
  fi
}

# What a package's folder wants of these commands besides: it is made among the caches, and has no sources.
entering() { if [ "$is_package" = yes ]; then printf "mkdir -p '%s' && cd " "$setup_folder"; else printf 'cd '; fi; }
copying() {
  if [ "$is_package" = no ]; then return; fi
  printf 'mkdir -p launcher\n  '
  for part in $sources_to_copy; do
    case $part in */*) into=${part%/*} ;; *) into=. ;; esac
    printf "cp -R '%s' %s/\n  " "$root/$part" "$into"
  done
}

print_own_command() { printf '  %s\n' "$3"; }

# Ends with what is missing, why bench does not set it up ($1), and the commands that do.
name_missing() {
  find_manager
  {
    printf 'Could not set up what is missing: %s\n' "$1"
    for tool in $missing_tools; do name_tool "$tool"; done
    name_own_parts name_line

    printf 'Hint: get it by\n'
    packages=$(missing_packages "$column")
    if [ -n "$packages" ] && [ -n "$manager" ]; then printf '  sudo %s %s\n' "$manager" "$packages"; fi
    own_commands=$(
      for tool in $missing_tools; do
        if [ "${manager%% *}" = apt-get ] && is_unpacked "$tool" debian; then print_unpacking "$tool"; fi
      done
      name_own_parts print_own_command
    )
    if [ -n "$own_commands" ]; then printf "  %s'%s'\n%s\n" "$(entering)" "$setup_folder" "$own_commands"; fi
  } >&2
  exit 3
}
