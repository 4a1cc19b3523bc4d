#!/bin/sh
# Turns the namespaces that it is started in (mount, pid, uts, ipc) into a machine that nobody has used yet,
# says `ready` and its process id, and waits for the end of its input: with it ends all that runs in there. What is written goes
# to memory, and is gone with the mount namespace.
#
#   enter.sh DISK DOWNLOADS     the folders of the unused disk, and of what was downloaded before: `packages`, laid over
#                               the disk, so that each machine has its own locks there; `npm`, which npm itself shares
set -eu
disk=$1
downloads=$2

# Any folder that is always there will do: only this mount namespace sees what is mounted on it.
mount -t tmpfs -o mode=755 fresh "$downloads/mount"
cd "$downloads/mount"
mkdir changes work root
mount -t overlay -o "lowerdir=$downloads/packages:$disk,upperdir=changes,workdir=work" overlay root

mount -t proc proc root/proc
for folder in sys dev; do
  mount --rbind "/$folder" "root/$folder"
  mount --make-rslave "root/$folder"
done
mount -t tmpfs -o mode=755 run root/run
mkdir -m 1777 root/run/lock
mkdir -p root/root/.npm/_cacache
mount --bind "$downloads/npm" root/root/.npm/_cacache

# By the host's /proc, and so by its own number there, the outside finds this process.
read -r pid rest </proc/self/stat
echo fresh >/proc/sys/kernel/hostname
# The new root is laid over the old: chroot(8) alone would leave a root in which no user namespace can be
# made (user_namespaces(7)).
cd root
mount --move . /
# shellcheck disable=SC2016 # the inner shell's own
exec chroot . sh -c 'echo "ready $1"; exec cat' sh "$pid"
