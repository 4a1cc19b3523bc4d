#!/bin/sh
# services.sh rules|map COUNT: nftables rules for so many services; that of service-family.yaml is the last of them.
#
#   rules  a rule for each, looked at in turn
#   map    an entry of one map for each, by address, protocol and port
set -eu
kind=$1
others=$(($2 - 1))

# Addresses of services that nobody calls.
other_services() {
  seq "$others" | awk '{ printf "10.97.%d.%d\n", $1 / 250, $1 % 250 + 1 }'
}

backends='numgen random mod 2 map { 0 : 10.244.2.2, 1 : 10.244.3.2 }'
{
  echo 'table ip services {'
  case $kind in
  rules)
    echo '  chain destination {'
    echo '    type nat hook prerouting priority dstnat;'
    other_services | sed 's/.*/    ip daddr & tcp dport 80 dnat to 10.244.2.2/'
    echo "    ip daddr 10.96.0.10 meta l4proto { tcp, udp } th dport 7000 dnat to $backends"
    echo '  }'
    ;;
  map)
    echo '  chain other { dnat to 10.244.2.2; }'
    echo "  chain service { dnat to $backends; }"
    echo '  map chains {'
    echo '    type ipv4_addr . inet_proto . inet_service : verdict'
    echo '    elements = {'
    other_services | sed 's/.*/      & . tcp . 80 : goto other,/'
    echo '      10.96.0.10 . tcp . 7000 : goto service,'
    echo '      10.96.0.10 . udp . 7000 : goto service'
    echo '    }'
    echo '  }'
    echo '  chain destination {'
    echo '    type nat hook prerouting priority dstnat;'
    echo '    ip daddr . meta l4proto . th dport vmap @chains'
    echo '  }'
    ;;
  esac
  echo '}'
} | nft -f -
