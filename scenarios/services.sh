#!/bin/sh
# services.sh rules|map COUNT SERVICE BACKEND BACKEND: nftables rules for so many services, port 7000 of SERVICE being the
# last of them. All addresses are of one family.
#
#   rules  a rule for each, looked at in turn
#   map    an entry of one map for each, by address, protocol and port
set -eu
kind=$1
others=$(($2 - 1))
service=$3
first=$4
second=$5

case $service in
*:*) ip=ip6 address=ipv6_addr others_format='fd00:10:97::%x:%x\n' ;;
*) ip=ip address=ipv4_addr others_format='10.97.%d.%d\n' ;;
esac

# Addresses of services that nobody calls.
other_services() {
  seq "$others" | awk -v format="$others_format" '{ printf format, $1 / 250, $1 % 250 + 1 }'
}

backends="numgen random mod 2 map { 0 : $first, 1 : $second }"
{
  echo "table $ip services {"
  case $kind in
  rules)
    echo '  chain destination {'
    echo '    type nat hook prerouting priority dstnat;'
    other_services | sed "s/.*/    $ip daddr & tcp dport 80 dnat to $first/"
    echo "    $ip daddr $service meta l4proto { tcp, udp } th dport 7000 dnat to $backends"
    echo '  }'
    ;;
  map)
    echo "  chain other { dnat to $first; }"
    echo "  chain service { dnat to $backends; }"
    echo '  map chains {'
    echo "    type $address . inet_proto . inet_service : verdict"
    echo '    elements = {'
    other_services | sed 's/.*/      & . tcp . 80 : goto other,/'
    echo "      $service . tcp . 7000 : goto service,"
    echo "      $service . udp . 7000 : goto service"
    echo '    }'
    echo '  }'
    echo '  chain destination {'
    echo '    type nat hook prerouting priority dstnat;'
    echo "    $ip daddr . meta l4proto . th dport vmap @chains"
    echo '  }'
    ;;
  esac
  echo '}'
} | nft -f -
