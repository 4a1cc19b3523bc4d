#!/bin/sh
# A site of hosts, each with a network, mounts, processes and a name of its own, and its own sshd; started in namespaces of
# the site's own (unshare --net --mount --pid --uts). Says `ready`, and waits for the end of its input: with it ends all.
#
#   hosts.sh FOLDER SSHD HOST…     FOLDER is the site's, with what it writes
set -eu
folder=$1
sshd=$2
shift 2
mount --make-rprivate /
mount -t tmpfs -o mode=755 run /run
mkdir /run/sshd
hostname site
# sshd drops its rights to this user until somebody has logged in; only this mount namespace sees the file.
{ grep -v '^sshd:' /etc/passwd; echo 'sshd:x:65534:65534::/run/sshd:/usr/sbin/nologin'; } >"$folder/passwd"
mount --bind "$folder/passwd" /etc/passwd
ip link set lo up
ip link add site type bridge
ip addr add 10.99.0.1/24 dev site
ip link set site up
ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
options="-o PidFile=none -o UsePAM=no -o StrictModes=no -o AuthorizedKeysFile=$folder/key.pub -o LogLevel=ERROR"
# Since OpenSSH 9.8 a session is a program of its own, and since 10 so is logging in.
libraries=${sshd%/sbin/sshd}/lib/openssh
if [ -e "$libraries/sshd-session" ]; then options="$options -o SshdSessionPath=$libraries/sshd-session"; fi
if [ -e "$libraries/sshd-auth" ]; then options="$options -o SshdAuthPath=$libraries/sshd-auth"; fi
# within TENTHS COMMAND…: calls it until it succeeds, ten times a second.
within() {
  tenths=$1
  shift
  until "$@"; do
    tenths=$((tenths - 1))
    if [ "$tenths" -le 0 ]; then echo "waited in vain: $*" >&2 && exit 1; fi
    sleep 0.1
  done
}
is_apart() { [ "$(readlink "/proc/$1/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }
listens() { ssh-keyscan -T 1 -t ed25519 "$1" 2>/dev/null | grep -q ed25519; }
number=10
for host; do
  mkdir -p "$folder/$host"
  ssh-keygen -q -t ed25519 -N '' -f "$folder/$host/key"
  read -r type key rest <"$folder/$host/key.pub"
  echo "10.99.0.$number $type $key" >>"$folder/known_hosts"
  # Its address comes when it is there: the shell waits for the end of a pipe until then.
  mkfifo "$folder/$host/go" "$folder/$host/up"
  unshare --net --mount --pid --uts --fork --kill-child --mount-proc sh -c '
    hostname "$1" && mount -t tmpfs -o mode=755 run /run && mkdir /run/sshd && mount -t sysfs sys /sys
    : <"$2/$1/go"
    ip link set lo up && ip link set eth0 up && ip addr add "$3/24" dev eth0
    echo up >"$2/$1/up"
    exec "$4" -D -e -f /dev/null -h "$2/$1/key" -o ListenAddress="$3" $5' \
    sh "$host" "$folder" "10.99.0.$number" "$sshd" "$options" &
  unshare_pid=$!
  # The namespace is there once it differs from the site'"'"'s.
  within 100 is_apart "$unshare_pid"
  ip link add "to-$host" type veth peer name eth0 netns "$unshare_pid"
  ip link set "to-$host" master site up
  : >"$folder/$host/go"
  read -r up <"$folder/$host/up"
  number=$((number + 1))
done
# Listening, and no more than that, is waited for.
for last in $(seq 10 $((number - 1))); do
  within 200 listens "10.99.0.$last"
done
echo "ready"
exec cat
