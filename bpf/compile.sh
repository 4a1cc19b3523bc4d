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
folder_of() { case $1 in */*) printf '%s/' "${1%/*}" ;; *) printf . ;; esac }
place_of() { CDPATH='' cd -P -- "$(folder_of "$1")" && pwd -P; }
here=$(place_of "$0")
beside=$(place_of "$source")
name=${source##*/}
name=${name%.c}
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
if [ "$beside" = "$here" ]; then set -- "$@" -Werror; fi

# All that the object is made of, and the folders in which headers were looked for: a line each.
list_files() {
  command -v "$compiler"
  sed -n 's/^# [0-9]* "\([^"<][^"]*\)".*/\1/p' "$part/preprocessed" | sort -u >"$part/headers"
  cat "$part/headers"
  printf '%s\n' "$beside" "$here" /usr/include "/usr/include/$triplet"
  sed 's|/[^/]*$||' "$part/headers" | sort -u
}

# With comments, as the object quotes its source's lines, and with the compiler's own definitions, which
# tell its version.
read_key() {
  "$compiler" "$@" -E -C -dD -o "$part/preprocessed" -- "$source"
  printf '%s\n' "$@" >>"$part/preprocessed"
  key=$(sha256sum <"$part/preprocessed")
  key=${key%% *}
}

use_object() {
  # For who wants to know whether it is so still; without a place, as under a folder of another user's, there is none.
  list_files >"$part/files"
  mv -- "$part/files" "$folder/$key/" 2>/dev/null || true
  # How long it has not been used, for the line that removes old ones.
  touch -c -- "$folder/$key" || true
  if [ -s "$folder/$key/warnings" ]; then cat "$folder/$key/warnings" >&2; fi
  printf '%s\n' "$folder/$key/$name.o"
}

mkdir -p -- "$folder"
part=$(mktemp -d -- "$folder/part.XXXXXX")
trap 'rm -rf -- "$part"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

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

use_object
