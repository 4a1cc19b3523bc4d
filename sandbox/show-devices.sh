# shellcheck shell=sh

# show_devices FOLDER [OPTION…]: /sys shows the devices of the network namespace that this is called in, as sysfs does of the
# one that it is mounted in (sysfs(5)). What is mounted below it, such as debugfs and cgroups, stays where it was.
show_devices() {
  devices=$1
  shift
  if mount -t sysfs "$@" sysfs "$devices" 2>/dev/null; then
    while read -r _ _ _ _ at _; do
      case $at in /sys/*) mount --bind "$at" "$devices${at#/sys}" 2>/dev/null ;; esac
    done </proc/self/mountinfo
    mount --rbind "$devices" /sys
  fi
}
