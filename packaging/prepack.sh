#!/bin/sh
# Makes what a package has and a checkout has not: dist/, the command line as one file, as Node strips no types inside
# node_modules; and prebuilt/, BPF objects and native programs, so that a user needs no compiler. npm calls it before
# it packs (package.json).
set -eu

cd "$(dirname "$0")/.."
./bench setup
root=$PWD
# shellcheck disable=SC2034 # for set_search_path
setup_folder=$root
# shellcheck source=launcher/search-path.sh
. ./launcher/search-path.sh
set_search_path
# shellcheck source=launcher/bundle.sh
. ./launcher/bundle.sh

rm -rf dist prebuilt
# Libraries stay in node_modules, with their licences.
bundle_sources dist/cli/main.js --packages=external
mkdir -p dist/ci dist/new
cp -R src/ci/templates dist/ci/
cp -R src/new/templates dist/new/

# An object is the same for all machines of one byte order.
mkdir -p prebuilt/bpf
cp build/bpf/*.bpf.o prebuilt/bpf/

# Static: they run with whatever C library there is.
make --silent -C bpfload static
programs=prebuilt/$(uname -m)
mkdir -p "$programs"
cp build/udpgen build/blackholes build/netkit build/own-run build/runner build/seal build/show-devices build/sysctls build/machine-agent build/machine-host build/machine-enter \
  build/forward-afxdp build/forward-tun "$programs/"
cp build/bpfload-static "$programs/bpfload"
# That of binutils, which links them too: llvm-strip does not take static programs of every linker.
strip "$programs"/*
