#!/bin/sh
# Boots a kernel in a virtual machine, by emulation, and runs a script in it, which is read from standard input.
#
#   boot.sh ROOT MODULE…
#
# ROOT holds boot/vmlinuz-* and lib/modules/*, as `dpkg-deb -x` leaves them of Debian's linux-image. What the machine has
# beside them is this one's: busybox as a shell, and ip, wg and nsenter.
set -eu

root=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/script"
kernel=$(basename "$root"/lib/modules/*)
tree=$work/tree
mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/run" "$tree/modules" "$work/lib/modules"

# depmod writes beside the modules, which may not be ours to change.
cp -r "$root/lib/modules/$kernel" "$work/lib/modules/"
depmod -b "$work" "$kernel"
number=100
for module; do modprobe -d "$work" -S "$kernel" --show-depends "$module"; done |
  awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
  while read -r file; do
    number=$((number + 1))
    xz -dc "$file" >"$tree/modules/$number-$(basename "$file" .xz)"
  done

# put NAME: a program with its libraries.
mkdir -p "$tree/usr/bin"
put() {
  program=$(command -v "$1")
  cp -L "$program" "$tree/usr/bin/$1"
  for file in $(ldd "$program" | grep -o '/[^ ]*'); do
    mkdir -p "$tree$(dirname "$file")"
    cp -L "$file" "$tree$file"
  done
}
cp "$(command -v busybox)" "$tree/bin/busybox"
for applet in sh mount mkdir insmod poweroff ln; do ln -s busybox "$tree/bin/$applet"; done
for name in ip nsenter wg; do put "$name"; done

# busybox runs applets of its own before what PATH has.
cat >"$tree/init" <<END
#!/bin/sh
export PATH=/usr/bin:/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mount -t devtmpfs devtmpfs /dev
ln -s /proc/self/fd/0 /dev/stdin
mkdir -p /run/netns
for file in /modules/*; do insmod "\$file"; done
ip() { /usr/bin/ip "\$@"; }
nsenter() { /usr/bin/nsenter "\$@"; }
. /script
poweroff -f
END
chmod +x "$tree/init"
cp "$work/script" "$tree/script"
(cd "$tree" && find . | cpio -o -H newc --quiet | zstd -q -3 -o "$work/initrd")

timeout 90 qemu-system-x86_64 -accel tcg -cpu max -m 512 -nographic -no-reboot \
  -kernel "$root/boot/vmlinuz-$kernel" -initrd "$work/initrd" -append 'console=ttyS0 quiet panic=-1' </dev/null
