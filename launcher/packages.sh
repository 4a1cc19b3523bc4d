# Installing packages on Debian and Ubuntu.
# shellcheck shell=sh

apt_get() {
  capture env DEBIAN_FRONTEND=noninteractive apt-get --yes --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@"
}

# Installs the packages of `missing_tools`.
install_packages() {
  say "installing packages for: $missing_tools"
  # Lists that are out of date name packages that the mirror no longer has. A source of the user's own
  # that does not answer must not be in the way.
  apt_get update || say 'apt-get update failed; trying with the lists that are there'

  packages=$(missing_packages debian)
  case " $packages " in *' bpftool '*) packages="${packages%%bpftool*}$(bpftool_packages)${packages#*bpftool}" ;; esac
  # shellcheck disable=SC2086 # a list of words
  if ! apt_get install $packages; then
    # dpkg that was killed half-way wants to be told to go on.
    case $output in
    *'dpkg --configure -a'*) capture env DEBIAN_FRONTEND=noninteractive dpkg --configure -a || true ;;
    esac
    apt_get install $packages ||
      give_up "Could not install the packages $packages:" \
        'see that the network and the package sources work, and call bench again'
  fi

  if ! tool_is_there bpftool; then use_other_bpftool; fi
  look_around
  if [ -n "$missing_tools" ]; then name_missing 'apt-get installed the packages, and yet it is not there'; fi
}

# Ubuntu before 25.04 has no package bpftool: it comes with the tools of each kernel.
bpftool_packages() {
  if apt-cache show bpftool >/dev/null 2>&1; then
    printf bpftool
  elif apt-cache show "linux-tools-$(uname -r)" >/dev/null 2>&1; then
    printf 'linux-tools-common linux-tools-%s' "$(uname -r)"
  else
    printf 'linux-tools-common linux-tools-generic'
  fi
}

# With a kernel that Ubuntu has no tools for, another kernel's bpftool does as well: its file format
# and system calls are the same.
use_other_bpftool() {
  for other in /usr/lib/linux-tools/*/bpftool /usr/lib/linux-tools-*/bpftool; do
    if "$other" version >/dev/null 2>&1; then
      made="$made .toolchain"
      mkdir -p "$root/.toolchain/bin"
      ln -sf "$other" "$root/.toolchain/bin/bpftool"
      PATH=$root/.toolchain/bin:$PATH
      return
    fi
  done
}
