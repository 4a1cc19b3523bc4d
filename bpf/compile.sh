#!/bin/sh
# Compiles a BPF source, and prints where the object is: FOLDER/KEY/NAME.bpf.o
#
#   compile.sh SOURCE FOLDER
#
# The key is a digest of all that the object is made of: the source and its headers as the compiler read
# them, the compiler's version and its options. So an object is never out of date, whatever the times of
# files say, and two versions of a source never meet under one name. The compiler's warnings are on
# standard error, of an object that is kept, too.
set -eu

source=$1
folder=$2
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd -P)
name=$(basename -- "$source" .c)
compiler=${CLANG:-clang}
strip=${STRIP:-llvm-strip}

# BTF, from -g, is what maps and their fields are named by; the rest of the debugging data is stripped.
set -- -O2 -g -target bpf -Wall -iquote "$here"

# Debian keeps <asm/types.h> in a folder of the architecture's own, which clang leaves out when the
# target is bpf. Elsewhere the folder is not there, and clang does not mind.
machine=$(uname -m)
triplet=$machine-linux-gnu
if [ ! -d "/usr/include/$triplet" ]; then
  triplet=$("$compiler" -print-multiarch 2>/dev/null) || triplet=none
fi
set -- "$@" -isystem "/usr/include/$triplet"

# Without it the C library's headers take BPF for a machine of 32 bits: <gnu/stubs-32.h> is not there, and
# pointers would not fit their integers. Headers of other architectures ask the compiler for the size.
if [ "$machine" = x86_64 ]; then set -- "$@" -D__x86_64__; fi

# A warning in somebody else's program is theirs.
if [ "$(CDPATH='' cd -P -- "$(dirname -- "$source")" && pwd -P)" = "$here" ]; then set -- "$@" -Werror; fi

mkdir -p -- "$folder"
part=$(mktemp -d -- "$folder/part.XXXXXX")
trap 'rm -rf -- "$part"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# With comments, as the object quotes its source's lines, and with the compiler's own definitions, which
# tell its version.
read_key() {
  "$compiler" "$@" -E -C -dD -o "$part/preprocessed" -- "$source"
  printf '%s\n' "$@" >>"$part/preprocessed"
  key=$(sha256sum <"$part/preprocessed")
  key=${key%% *}
}

read_key "$@"
# A source that is saved while it is compiled is compiled again.
while [ ! -e "$folder/$key/$name.o" ]; do
  compiled=$key
  "$compiler" "$@" -c -o "$part/$name.o" -- "$source" 2>"$part/warnings" || {
    code=$?
    cat "$part/warnings" >&2
    exit "$code"
  }
  "$strip" -g "$part/$name.o"
  read_key "$@"
  if [ "$key" != "$compiled" ]; then continue; fi
  chmod 644 "$part/$name.o"
  mkdir -p -- "$folder/$key"
  printf '%s\n' "$source" >"$part/source"
  mv -- "$part/source" "$part/warnings" "$folder/$key/"
  # Under its name only once it is whole.
  mv -- "$part/$name.o" "$folder/$key/"
  # What others are compiling comes and goes meanwhile.
  find "$folder" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf -- {} + 2>/dev/null || true
done

# How long it has not been used, for the line above.
touch -c -- "$folder/$key" || true
cat "$folder/$key/warnings" >&2
printf '%s\n' "$folder/$key/$name.o"
