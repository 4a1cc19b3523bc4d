# Where the system's tools are looked for.
# shellcheck shell=sh

# Sets PATH, by itself and so without starting a program. Where npm calls, packages' programs come first, and
# one of them is called nft (@vercel/nft): what is in a node_modules is no tool of the system's, nor is what
# lies where bench happens to be called. What the project got for itself comes first. Debian leaves /usr/sbin,
# where ip, tc and bpftool are, out of an ordinary user's PATH; where there is none at all (env -i), there are
# the usual places. src/host/search-path.ts is for Node called without the launcher.
set_search_path() {
  usual=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  left=${PATH:-$usual}:
  PATH=$setup_folder/.toolchain/bin
  while [ -n "$left" ]; do
    folder=${left%%:*}
    left=${left#*:}
    case $folder in
    */node_modules/.bin | */node_modules/.bin/ | */node-gyp-bin | "$setup_folder/.toolchain/bin") ;;
    /*) PATH=$PATH:$folder ;;
    esac
  done
  case :$PATH: in
  *:/usr/sbin:*) ;;
  *) PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin ;;
  esac
  export PATH
}
