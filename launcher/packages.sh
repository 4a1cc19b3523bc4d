# Getting the system's tools on Debian and Ubuntu.
# shellcheck shell=sh

see_to_sources='see that the network and the package sources work, and call bench again'

apt_get() {
  capture env DEBIAN_FRONTEND=noninteractive apt-get --yes --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@"
}

# Gets `missing_tools`.
install_tools() {
  say "installing tools: $missing_tools"
  # Lists that are out of date name packages that the mirror no longer has. A source of the user's own
  # that does not answer must not be in the way.
  apt_get update || say 'apt-get update failed; trying with the lists that are there'

  packages=$(missing_packages debian)
  if [ -n "$packages" ]; then install_packages; fi
  if ! tool_is_there bpftool; then use_other_bpftool; fi
  case " $missing_tools " in *' nginx '*) unpack_nginx ;; esac
  look_around
  if [ -n "$missing_tools" ]; then name_missing 'apt-get did its work, and yet it is not there'; fi
}

install_packages() {
  case " $packages " in *' bpftool '*) packages="${packages%%bpftool*}$(bpftool_packages)${packages#*bpftool}" ;; esac
  # shellcheck disable=SC2086 # a list of words
  if ! apt_get install $packages; then
    # dpkg that was killed half-way wants to be told to go on.
    case $output in
    *'dpkg --configure -a'*) capture env DEBIAN_FRONTEND=noninteractive dpkg --configure -a || true ;;
    esac
    apt_get install $packages ||
      give_up "Could not install the packages $packages:" "$see_to_sources"
  fi
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
      link_tool "$other" bpftool
      return
    fi
  done
}

# Makes the program at $1 the project's own tool $2.
link_tool() {
  made="$made .toolchain"
  mkdir -p "$setup_folder/.toolchain/bin"
  ln -sf "$1" "$setup_folder/.toolchain/bin/$2"
}
