/** The file as a whole, and its families of addresses. */
import type { Section } from './section.ts'

export const fileSections: readonly Section[] = [
  {
    title: 'The file',
    level: 2,
    at: [],
    example: `# yaml-language-server: $schema=scenario.schema.json
name: my-path
title: my program against the kernel's own forwarding
`,
  },
  {
    title: 'hosts',
    level: 2,
    at: ['hosts', '*'],
    words:
      'Paths may lead over another host, the device under test: load is sent and received on this machine. A namespace without `existing` is made for the run, here or there, and the devices of its links, network cards, are moved into it and given back at the end, however that comes; with `existing` one that is there is used as it is. One connection of `ssh` is held, with your own configuration and known hosts; nothing is asked, so that a key has to do. What is wanted there is brought in memory, and goes with the connection, however that ends. Programs are compiled here, loaded there, and attached for their trials alone, as with `place: existing`; counters are read there. Devices that ssh or the default route go by are refused, and paths have no commands of their own. [dut.md](dut.md) has it step by step.',
    example: `hosts:
  dut: { ssh: root@192.0.2.7 }
topology:
  namespaces:
    client: { routes: [{ to: 10.0.2.0/24, via: 10.0.1.1 }] }
    router: { host: dut, sysctls: { net.ipv4.ip_forward: 1 } }
    server: { routes: [{ to: 10.0.1.0/24, via: 10.0.2.1 }] }
  links:
    first:
      - { namespace: client, device: enp3s0f0, addresses: [10.0.1.2/24] }
      - { namespace: router, device: enp1s0f0, addresses: [10.0.1.1/24] }
    second:
      - { namespace: router, device: enp1s0f1, addresses: [10.0.2.1/24] }
      - { namespace: server, device: enp3s0f1, addresses: [10.0.2.2/24] }
`,
  },
  {
    title: 'families',
    level: 2,
    at: ['families', '6'],
    words:
      'A scenario may be of IPv4 or of IPv6, by its addresses; hosts may have both. `--family 6` measures one that is written in IPv4 over IPv6 where it says what then stands for its words. A counter, a map or a table of nftables is often another one there: `bench show NAME --family 6` shows what comes of it.',
    example: `families:
  6:
    replace:
      10.0.1.1: fd00:1::1
      10.0.1.2: fd00:1::2
      10.0.1.2:40000: '[fd00:1::2]:40000'
      10.0.2.0: 'fd00:2::'
      /24: /64
      net.ipv4.ip_forward: net.ipv6.conf.all.forwarding
      Ip.ForwDatagrams: Ip6.OutForwDatagrams
    rename: { services: services6 }
    merge:
      title: the same over IPv6
`,
  },
]
