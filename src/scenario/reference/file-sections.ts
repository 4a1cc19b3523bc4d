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
