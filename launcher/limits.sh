# Limits under which Node does not start, told before it is tried: for a thread of its own that it could not start it
# waits for ever, and of too little memory it tells with a trace of V8's. Sizes are what Node 24 takes with little to do, KiB.
# shellcheck shell=sh

least_address_space=1500000
least_data=700000
least_stack=128
# For a run: records, objects, and what tools write, which goes into files in memory.
least_file=16384
# V8's threads, libuv's and the one for signals, and some to spare.
least_processes=12

# Below these it is tried whether so many fit: how many a user has is nowhere to be read.
ample_processes=4096
ample_room=64

too_little() {
  trap - EXIT
  printf 'Could not start: %s\nHint: %s\n' "$1" "$2" >&2
  exit 3
}

# Whether $1 more processes can be there at the same time: each holds the next.
processes_fit() { [ "$1" = 0 ] || (exec 2>/dev/null && processes_fit "$(($1 - 1))" || exit 1); }

require_processes() {
  if ! processes_fit "$least_processes"; then
    too_little "there is no room for $least_processes processes and threads, as many as Node begins with" "raise $1"
  fi
}

# A limit of $1 bytes has to be $2 KiB at least; $3 is what it limits, $4 the shell's option.
require_size() {
  [ "$1" != unlimited ] && [ "$(($1 / 1024))" -lt "$2" ] || return 0
  too_little "only $(($1 / 1024)) KiB of $3 are allowed" "raise the limit: ulimit $4 unlimited (at least $2 KiB)"
}

# $1 is the name of a limit that /proc/PID/limits has, $2 the first of what follows it.
require_limit() {
  case $1 in
  'Max file size') if [ "$needs" != cli ]; then require_size "$2" "$least_file" 'a file' -f; fi ;;
  'Max address space') require_size "$2" "$least_address_space" 'address space' -v ;;
  'Max data size') require_size "$2" "$least_data" data -d ;;
  'Max stack size') require_size "$2" "$least_stack" stack -s ;;
  'Max processes')
    if [ "$2" != unlimited ] && [ "$2" -lt "$ample_processes" ]; then
      require_processes "the limit: ulimit -u 4096 (it is $2)"
    fi
    ;;
  esac
}

require_limits_of_process() {
  while read -r max kind what left; do
    case $what in
    [a-z]*) require_limit "$max $kind $what" "${left%% *}" ;;
    *) require_limit "$max $kind" "$what" ;;
    esac
    # The last of them; a shell reads byte by byte.
    if [ "$kind" = address ]; then break; fi
  done <"/proc/$$/limits"
}

# A control group that takes few more processes than it has, $1.
require_room_in_group() {
  [ -r "$1/pids.max" ] && read -r max <"$1/pids.max" && read -r current <"$1/pids.current" || return 0
  [ "$max" != max ] && [ "$((max - current))" -lt "$ample_room" ] || return 0
  require_processes "the limit of the control group: $1/pids.max (it is $max, with $current there)"
}

# Version 2 of control groups has one tree, version 1 one of processes' numbers. A container sees its own as the root.
require_room_in_groups() {
  while IFS=: read -r _ controllers path; do
    case $controllers in
    '') mount=/sys/fs/cgroup ;;
    pids) mount=/sys/fs/cgroup/pids ;;
    *) continue ;;
    esac
    require_room_in_group "$mount$path"
    require_room_in_group "$mount"
  done <"/proc/$$/cgroup"
}

require_limits() {
  if [ -r "/proc/$$/limits" ]; then require_limits_of_process; fi
  if [ -r "/proc/$$/cgroup" ]; then require_room_in_groups; fi
}
