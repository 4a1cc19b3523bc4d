# nginx without its service, on Debian and Ubuntu.
#
# Installed there, nginx listens on port 80 of the machine at once and after every boot. So it is not
# installed: its program is taken out of the package into .toolchain, and needs nothing of /etc/nginx.
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

# Fetches the package into the new folder $1, and unpacks it beside itself.
fetch_nginx() {
  mkdir -p "$1" && (cd "$1" && apt-get download "$(nginx_package)" && dpkg-deb --extract ./*.deb .)
}

# Makes .toolchain/bin/nginx. The link comes last, so a killed set-up leaves none and this is done again.
unpack_nginx() {
  say "unpacking nginx into $toolchain (installed, it would start a service on port 80)"
  made="$made .toolchain"
  part=$setup_folder/.toolchain/nginx.part
  rm -rf "$part"
  capture fetch_nginx "$part" || give_up 'Could not unpack the package of nginx:' "$see_to_sources"

  if ! capture "$part/usr/sbin/nginx" -v; then
    packages=$(libraries_of "$part"/*.deb)
    # shellcheck disable=SC2086 # a list of words
    apt_get install $packages || give_up 'Could not install the libraries of nginx:' "$see_to_sources"
    capture "$part/usr/sbin/nginx" -v ||
      give_up 'Could not start the unpacked nginx:' 'install an nginx yourself, and call bench again'
  fi

  rm -rf "$part"/*.deb "$setup_folder/.toolchain/nginx"
  mv "$part" "$setup_folder/.toolchain/nginx"
  link_tool ../nginx/usr/sbin/nginx nginx
}
