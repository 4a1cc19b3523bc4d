# Which tools and headers of the system are needed, why, and in which packages they come.
# shellcheck shell=sh

# name | what it is for | Debian and Ubuntu | Fedora | Arch
tool_table='
flock|keeps two set-ups apart|util-linux|util-linux|util-linux
npm|installs the libraries in package-lock.json|npm|nodejs-npm|npm
ip|builds namespaces and links|iproute2|iproute|iproute2
tc|attaches BPF programs|iproute2|iproute-tc|iproute2
bpftool|reads the types of BPF programs|bpftool|bpftool|bpf
unshare|gives every run namespaces of its own|util-linux|util-linux|util-linux
nsenter|runs commands in a namespace|util-linux|util-linux|util-linux
setpriv|ends the sandbox with pathbench|util-linux|util-linux|util-linux
mount|gives the sandbox a /run of its own|mount|util-linux|util-linux
nft|loads rules of netfilter|nftables|nftables|nftables
ethtool|switches offloads|ethtool|ethtool|ethtool
nginx|answers HTTP load|nginx|nginx|nginx
h2load|drives HTTP load|nghttp2-client|nghttp2|nghttp2
taskset|keeps HTTP client and servers on one CPU|util-linux|util-linux|util-linux
qemu-system-x86_64|runs other kernels in virtual machines|qemu-system-x86|qemu-system-x86-core|qemu-system-x86
xz|unpacks modules of other kernels|xz-utils|xz|xz
clang|builds the BPF programs and native programs|clang|clang|clang
llvm-strip|strips the BPF objects|llvm|llvm|llvm
make|builds the BPF programs and native programs|make|make|make
stdio.h|header for native programs|libc6-dev|glibc-devel glibc-static|glibc
linux/bpf.h|header for the BPF programs|linux-libc-dev|kernel-headers|linux-api-headers
bpf/libbpf.h|library that loads BPF programs|libbpf-dev|libbpf-devel|libbpf
gelf.h|library that reads BPF objects|libelf-dev|elfutils-libelf-devel|libelf
jansson.h|header for udpgen and bpfload|libjansson-dev|jansson-devel|jansson
clang-format|checks the C sources|clang-format|clang-tools-extra|clang
shellcheck|checks the shell scripts|shellcheck|ShellCheck|shellcheck
gcc|builds udpgen with sanitizers, for tests|gcc|gcc libasan libubsan|gcc
wg|sets up WireGuard in tests|wireguard-tools|wireguard-tools|wireguard-tools
ipvsadm|sets up IPVS in tests|ipvsadm|ipvsadm|ipvsadm
sockperf|is what udpgen is held against|sockperf|sockperf|sockperf
iperf3|is what udpgen is held against|iperf3|iperf3|iperf3
qperf|is what udpgen is held against|qperf|qperf|qperf
trafgen|is what udpgen is held against|netsniff-ng|netsniff-ng|netsniff-ng
xdp-trafficgen|is what udpgen is held against|xdp-tools|xdp-tools|xdp-tools
time|measures memory in a benchmark|time|time|time
tcpdump|captures packets in tests|tcpdump|tcpdump|tcpdump
git|makes repositories in tests|git|git-core|git
curl|calls web servers in tests|curl|curl|curl
python3|answers UDP in tests|python3|python3|python
ssh|reaches other hosts|openssh-client|openssh-clients|openssh
sshd|is a host that tests reach by ssh|openssh-server|openssh-server|openssh
ansible-playbook|measures on many hosts (bench fleet)|ansible-core|ansible-core|ansible-core
chromium|shows reports in tests|chromium|chromium|chromium
xmllint|checks the JUnit export|libxml2-utils|libxml2|libxml2
prometheus_client/parser.py|reads the OpenMetrics export|python3-prometheus-client|python3-prometheus_client|python-prometheus_client
'

# name | how it is asked what it is | a word of the right one's answer. Other programs have these names, too:
# npm has a nft, busybox an ip and an unshare that lack what bench asks of them.
answers='
ip|-V|iproute2
tc|-V|iproute2
bpftool|version|bpftool v
unshare|--version|util-linux
nsenter|--version|util-linux
setpriv|--version|util-linux
flock|--version|util-linux
mount|--version|util-linux
taskset|--version|util-linux
nft|--version|nftables v
ethtool|--version|ethtool version
nginx|-v|nginx version
h2load|--version|nghttp2
qemu-system-x86_64|--version|QEMU emulator
make|--version|GNU Make
clang|--version|clang version
llvm-strip|--version|LLVM
'

bpf_headers='stdio.h linux/bpf.h bpf/libbpf.h'
build_tools='clang llvm-strip make stdio.h linux/bpf.h bpf/libbpf.h gelf.h jansson.h'

# One column of a tool's line: 2 is what it is for, 3 to 5 its packages.
tool_column() {
  printf '%s\n' "$tool_table" | while IFS='|' read -r name why debian fedora arch; do
    if [ "$name" != "$1" ]; then continue; fi
    case $2 in
    why) printf '%s' "$why" ;;
    debian) printf '%s' "$debian" ;;
    fedora) printf '%s' "$fedora" ;;
    arch) printf '%s' "$arch" ;;
    esac
  done
}

# The packages of all missing tools, each once.
missing_packages() {
  for tool in $missing_tools; do
    if is_unpacked "$tool" "$1"; then continue; fi
    tool_column "$tool" "$1"
    printf '\n'
  done | sort -u | tr '\n' ' ' | sed 's/ $//'
}

tool_is_there() {
  case $1 in
  *.h)
    for folder in /usr/include /usr/include/*-linux-* /usr/local/include; do
      if [ -e "$folder/$1" ]; then return 0; fi
    done
    return 1
    ;;
  *.py) module_is_there "$1" ;;
  *)
    find_program "$1"
    is_genuine "$found" "$1" || uncover_tool "$1"
    ;;
  esac
}

# Sets `found` to the program that PATH leads to, empty if there is none: `command -v` in a subshell, for dozens of
# tools, would be a process for each.
find_program() {
  ahead=$PATH:
  while [ -n "$ahead" ]; do
    found=${ahead%%:*}/$1
    ahead=${ahead#*:}
    if [ -f "$found" ] && [ -x "$found" ]; then return; fi
  done
  found=
}

# Whether the program at $1 is the tool $2, by what it says of itself. Ubuntu has a bpftool that only says that
# the running kernel's own is not installed.
is_genuine() {
  [ -x "$1" ] || return 1
  case " $genuine_tools " in *" $1 "*) return 0 ;; esac
  line=${answers#*"
$2|"}
  if [ "$line" != "$answers" ]; then
    line=${line%%"
"*}
    capture "$1" "${line%%|*}" || true
    case $output in *"${line#*|}"*) ;; *) return 1 ;; esac
  fi
  genuine_tools="$genuine_tools $1"
}

# The files that have said what they are.
genuine_tools=

# Looks behind another program of the tool's name: where the tool is found further along PATH, it becomes the
# project's own.
uncover_tool() {
  folders=$PATH:
  while [ -n "$folders" ]; do
    place=${folders%%:*}/$1
    folders=${folders#*:}
    if ! is_genuine "$place" "$1"; then continue; fi
    # Where bench may not write, it is told what is in the way instead.
    [ "${BENCH_NO_INSTALL-}" != 1 ] && can_write || return 1
    say "taking $1 from $place, as $(command -v "$1") is another program"
    link_tool "$place" "$1"
    return
  done
  return 1
}

# Whether all that goes by a tool's name in PATH is that tool.
every_tool_answers() {
  for name in $(printf '%s' "$answers" | sed 's/|.*//'); do
    if command -v "$name" >/dev/null && ! tool_is_there "$name"; then return 1; fi
  done
}

# Sets `missing_tools`; `node` and `npm` have been looked for, and `wanted_tools` is set.
find_missing_tools() {
  wanted=flock
  if [ -z "$npm" ] && { [ -z "$node" ] || ! npm_packages_are_there; }; then wanted="$wanted npm"; fi
  wanted="$wanted $wanted_tools"
  case " $wanted_tools " in *' clang '*) wanted="$wanted $bpf_headers" ;; esac
  if [ "$needs" != cli ] && ! native_parts_are_built; then wanted="$wanted $build_tools"; fi

  missing_tools=
  for tool in $wanted; do
    case " $missing_tools " in *" $tool "*) continue ;; esac
    if ! tool_is_there "$tool"; then missing_tools="$missing_tools $tool"; fi
  done
  missing_tools=${missing_tools# }
}
