#!/bin/sh
# Commands of a scenario's own, inside the sandbox: what sets a path up, and agents that run for as long as it is up.
#
# Before all of these stands the program show-devices, by its file:
#
#   commands.sh open FOLDER                  makes a place for a path's commands
#   commands.sh run FOLDER DIRECTORY COMMAND…
#                                            runs one to its end
#   commands.sh words FOLDER                 tells the last words of what was run last
#   commands.sh start FOLDER NAME SECONDS READY WORD DIRECTORY COMMAND…
#                                            starts an agent, and waits until it is ready: output WORD, file WORD,
#                                            map WORD (pinned by that name below /sys/fs/bpf), or started; ends with
#                                            its exit code where it ends before, with 124 where it takes too long
#   commands.sh ended FOLDER                 tells of agents that have ended: name, exit code, last words
#   commands.sh close FOLDER                 ends all that is left of what was started
#
# A place is a PID namespace, whose first process takes with it whatever was started there, and a mount namespace
# with a bpffs of its own, so that two paths may pin by the same names. What a command writes, on standard error too, is
# in a file of the place, which has room for so much and no more.
set -u

script=$0
show_devices=$1
shift
words_kept=40
bytes_kept=16384

fail() {
  printf '%s\n' "$*"
  exit 1
}

open_place() {
  # What commands write is kept in memory of the place's own, so that one that writes without end fills no other's.
  mkdir -p "$1" && mount -t tmpfs -o size=10%,mode=755 pathbench "$1" || exit 1
  mkdir -p "$1/bpf" "$1/tmp" "$1/sys" && cd "$1" && mkfifo held || exit 1
  # Open for both: neither end waits for the other, and who comes late finds what was said.
  exec 3<>held
  {
    unshare --pid --mount --propagation private --fork sh "$script" "$show_devices" hold "$1"
    echo gone >&3
  } </dev/null >said 2>&1 &
  read -r word <&3
  [ "$word" = yes ] || fail "$(cat said)"
}

# The first process of the place.
hold() {
  cd "$1" || exit 1
  mount -t bpf -o mode=700 pathbench bpf || exit 1
  # By /proc of the sandbox, its number there.
  read -r first _ </proc/self/stat
  echo "$first" >number
  echo yes >held
  exec sleep infinity >/dev/null 2>&1
}

# Sets `first` to the number of the first process of the place $1.
find_first() {
  if ! read -r first 2>/dev/null <"$1/number"; then fail 'its place is gone'; fi
}

# $1: the place; the rest: what is run in it.
enter() {
  find_first "$1"
  read -r own _ </proc/self/stat
  echo "$own" >>"$1/entered"
  shift
  # Entering a mount namespace leaves one at its root: where pathbench is, in a chroot too, is kept.
  exec nsenter "--mount=/proc/$first/ns/mnt" "--pid=/proc/$first/ns/pid" "--root=/proc/$first/root" \
    "--wd=/proc/$first/cwd" -- unshare --mount sh "$script" "$show_devices" inside "$@" 2>&1
}

# $1: the place, $2: the working directory; the rest: the command.
inside() {
  "$show_devices" "$1/sys" ro
  if [ -d /sys/fs/bpf ]; then mount --bind "$1/bpf" /sys/fs/bpf; fi
  export TMPDIR="$1/tmp"
  : >"$1/begun"
  cd "$2" || exit 1
  shift 2
  exec "$@"
}

is_ready() {
  case $1 in
  output) grep -qF -e "$2" "$name.output" ;;
  # One that an agent before left does not tell.
  file) [ -n "$(find "/proc/$first/root$2" -maxdepth 0 -newer number 2>/dev/null)" ] || [ -e "/proc/$first/cwd/bpf/${2#/sys/fs/bpf/}" ] ;;
  map) [ -n "$(find "/proc/$first/cwd/bpf" -name "$2")" ] ;;
  # Nothing tells but that it goes on for a while once it is begun.
  *)
    [ -e begun ] && looks=$((${looks:-0} + 1))
    [ "${looks:-0}" -gt 5 ]
    ;;
  esac
}

# The end of what is in the file $1, which may be one line without end.
last_words() { tail -c "$bytes_kept" "$1" | tail -n "$words_kept"; }

# Tells what an agent has said, and ends with the code: 125 where all was well but that it has ended.
give_words() {
  last_words "$name.output"
  if [ "$1" = 0 ]; then exit 125; fi
  exit "$1"
}

# $1: the place, $2: the agent's name, $3: its time, $4 and $5: when it is ready; the rest as for `inside`.
start() {
  folder=$1 name=$2 seconds=$3 ready=$4 word=$5
  shift 5
  find_first "$folder"
  cd "$folder" || exit 1
  rm -f begun
  # In the folder: once that is gone, what is left of this writes into no other's.
  (
    (enter "$folder" "$folder" "$@") >"$name.output" 2>&1 </dev/null
    echo $? >"$name.ended"
  ) >/dev/null 2>&1 &
  began=$(date +%s)
  until is_ready "$ready" "$word"; do
    # One that has ended well before it was ready has failed, too.
    if [ -e "$name.ended" ]; then give_words "$(cat "$name.ended")"; fi
    if [ $(($(date +%s) - began)) -gt "$seconds" ]; then give_words 124; fi
    sleep 0.01
  done
}

tell_ended() {
  cd "$1" || exit 0
  for ended in *.ended; do
    [ -e "$ended" ] || continue
    name=${ended%.ended}
    printf '%s %s\n' "$name" "$(cat "$ended")"
    last_words "$name.output" | sed 's/^/ /'
  done
}

close_place() {
  cd "$1" 2>/dev/null || exit 0
  if read -r first 2>/dev/null <number; then
    kill -KILL "$first" 2>/dev/null
    # It is gone once all that it takes with it is, and has been waited for: nsenter stops itself with what it
    # waits for, where that is stopped.
    while [ -d "/proc/$first" ]; do
      if [ -e entered ]; then xargs kill -CONT <entered 2>/dev/null; fi
      sleep 0.002
    done
  fi
  cd / && umount -l "$1"
  rm -rf "$1"
}

command=$1
shift
case $command in
open) open_place "$1" ;;
hold) hold "$1" ;;
run)
  folder=$1
  shift
  find_first "$folder"
  # What an earlier one has left behind goes on writing into its own.
  rm -f "$folder/run.output"
  exec >"$folder/run.output"
  enter "$folder" "$folder" "$@"
  ;;
words) if [ -e "$1/run.output" ]; then last_words "$1/run.output"; fi ;;
inside) inside "$@" ;;
start) start "$@" ;;
ended) tell_ended "$1" ;;
close) close_place "$1" ;;
esac
