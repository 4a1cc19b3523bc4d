/** Who sends, who answers, and what is sent. */
import type { Section } from './section.ts'

export const loadSections: readonly Section[] = [
  {
    title: 'client',
    level: 2,
    at: ['client'],
    example: 'client: { namespace: client, flows: 64 }\n',
  },
  {
    title: 'server, servers',
    level: 2,
    at: ['server'],
    words: 'One `server`, or a list of `servers`.',
    example: 'server: { namespace: server, address: 10.0.2.2, port: 7000 }\n',
  },
  {
    title: 'service',
    level: 2,
    at: ['service'],
    example: `service: { address: 192.0.2.1 }
servers:
  - { namespace: backend-1, address: 10.0.2.2, port: 7000 }
  - { namespace: backend-2, address: 10.0.2.3, port: 7000 }
`,
  },
  {
    title: 'load',
    level: 2,
    at: ['load'],
    words:
      'A list of trials. Several of one kind each have a `name`; of http there is one. Under `loads` stand others by name: `--load NAME` measures with one of them instead. Of TCP, `requests` and `replies` in a proof are packets as the kernel moves them, of which only bounds are known where devices segment and merge; beside a counter of one protocol they are of that alone.',
    example: `load:
  - { kind: flood, packets: 800, payloadBytes: 64 }
  - { kind: pingpong, packets: 250 }
  - { kind: paced, packets: 250, ratePps: 50000 }
  - { kind: http, requests: 160, connections: 16 }
loads:
  tcp:
    - { kind: tcp-rr, transactions: 250, connections: 1, congestion: cubic }
    - { kind: tcp-stream, bytes: 8388608, direction: down, congestion: cubic }
    - { kind: tcp-crr, transactions: 100, congestion: cubic }
`,
  },
]
