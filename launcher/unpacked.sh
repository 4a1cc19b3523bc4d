# Servers without their services, on Debian and Ubuntu: nginx, and the sshd of tests.
#
# Installed there, they listen on the machine at once and after every boot. So they are not installed: the program is
# taken out of its package into .toolchain, and needs nothing of /etc.
# shellcheck shell=sh

# Whether a tool is taken out of its package, which is not installed: $2 is the column of the system's packages.
is_unpacked() {
  case $1.$2 in
  nginx.debian | sshd.debian) true ;;
  *) false ;;
  esac
}

# The package that holds the program: in Debian 11 and Ubuntu 22.04 `nginx` only asks for others.
unpacked_package() {
  if [ "$1" = sshd ]; then
    printf openssh-server
    return
  fi
  case $(apt-cache --no-all-versions show nginx 2>/dev/null | sed -n '/^Depends:/p') in
  *nginx-core*) printf nginx-core ;;
  *) printf nginx ;;
  esac
}

port_of_service() { case $1 in nginx) printf 80 ;; sshd) printf 22 ;; esac }

# Whether the program at $1 starts; sshd has said what it is before it knew an option for that.
unpacked_starts() {
  case $1 in
  */sshd)
    capture "$1" -V || true
    case $output in *OpenSSH*) ;; *) return 1 ;; esac
    ;;
  *) capture "$1" -v ;;
  esac
}

# The libraries that the package at $1 depends on, of alternatives the first. nginx's modules are not needed.
libraries_of() {
  dpkg-deb --field "$1" Depends | sed 's/|[^,]*//g; s/, */\n/g' |
    sed -n '/^libnginx-/d; s/^\(z\{0,1\}lib[^ (:]*\).*/\1/p' | sort -u
}

# Fetches the package of tool $2 into the new folder $1, and unpacks it beside itself.
fetch_unpacked() {
  mkdir -p "$1" && (cd "$1" && apt-get download "$(unpacked_package "$2")" && dpkg-deb --extract ./*.deb .)
}

# Makes .toolchain/bin/$1. The link comes last, so a killed set-up leaves none and this is done again.
unpack_tool() {
  say "unpacking $1 into $toolchain (installed, it would start a service on port $(port_of_service "$1"))"
  made="$made .toolchain"
  part=$setup_folder/.toolchain/$1.part
  rm -rf "$part"
  capture fetch_unpacked "$part" "$1" || give_up "Could not unpack the package of $1:" "$see_to_sources"

  if ! unpacked_starts "$part/usr/sbin/$1"; then
    packages=$(libraries_of "$part"/*.deb)
    # shellcheck disable=SC2086 # a list of words
    apt_get install $packages || give_up "Could not install the libraries of $1:" "$see_to_sources"
    unpacked_starts "$part/usr/sbin/$1" ||
      give_up "Could not start the unpacked $1:" "install an $1 yourself, and call bench again"
  fi

  rm -rf "$part"/*.deb "$setup_folder/.toolchain/$1"
  mv "$part" "$setup_folder/.toolchain/$1"
  link_tool "../$1/usr/sbin/$1" "$1"
}

# The commands that do the same by hand.
print_unpacking() {
  package=$(unpacked_package "$1")
  printf '  mkdir -p .toolchain/bin && (cd .toolchain && apt-get download %s &&\n' "$package"
  printf '    dpkg-deb --extract %s_*.deb %s && ln -sf ../%s/usr/sbin/%s bin/%s)\n' "$package" "$1" "$1" "$1" "$1"
}
