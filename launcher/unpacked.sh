# nginx, and sshd for tests, without their services, on Debian and Ubuntu.
#
# Installed there, nginx listens on port 80 of the machine at once and after every boot, and sshd on 22. So they are not
# installed: the program is taken out of its package into .toolchain, and needs nothing of /etc.
# shellcheck shell=sh

# The package that holds the program: in Debian 11 and Ubuntu 22.04 `nginx` only asks for others.
nginx_package() {
  case $(apt-cache --no-all-versions show nginx 2>/dev/null | sed -n '/^Depends:/p') in
  *nginx-core*) printf nginx-core ;;
  *) printf nginx ;;
  esac
}

# The libraries that the package at $1 depends on, of alternatives the first. nginx's modules are not needed.
libraries_of() {
  dpkg-deb --field "$1" Depends | sed 's/|[^,]*//g; s/, */\n/g' |
    sed -n '/^libnginx-/d; s/^\(z\{0,1\}lib[^ (:]*\).*/\1/p' | sort -u
}

# Fetches the package $2 into the new folder $1, and unpacks it beside itself.
fetch_package() {
  mkdir -p "$1" && (cd "$1" && apt-get download "$2" && dpkg-deb --extract ./*.deb .)
}

unpack_nginx() { unpack_program nginx "$(nginx_package)" -v 'nginx version' 80; }
unpack_sshd() { unpack_program sshd openssh-server -V OpenSSH 22; }

# Whether a program, asked by $2, says $3.
says() { capture "$1" "$2" || true; case $output in *"$3"*) ;; *) return 1 ;; esac }

# Makes .toolchain/bin/$1 of the package $2, whose service would listen on port $5. The link comes last, so a killed set-up
# leaves none and this is done again.
unpack_program() {
  say "unpacking $1 into $toolchain (installed, it would start a service on port $5)"
  made="$made .toolchain"
  part=$setup_folder/.toolchain/$1.part
  rm -rf "$part"
  capture fetch_package "$part" "$2" || give_up "Could not unpack the package of $1:" "$see_to_sources"

  if ! says "$part/usr/sbin/$1" "$3" "$4"; then
    packages=$(libraries_of "$part"/*.deb)
    # shellcheck disable=SC2086 # a list of words
    apt_get install $packages || give_up "Could not install the libraries of $1:" "$see_to_sources"
    says "$part/usr/sbin/$1" "$3" "$4" ||
      give_up "Could not start the unpacked $1:" "install an $1 yourself, and call bench again"
  fi

  rm -rf "$part"/*.deb "$setup_folder/.toolchain/$1"
  mv "$part" "$setup_folder/.toolchain/$1"
  link_tool "../$1/usr/sbin/$1" "$1"
}
