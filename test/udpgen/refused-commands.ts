/** What the generator is asked for that it refuses, and what it says. */
import { openCommand } from './open-path.ts'
import { loopback, simplePath } from './topologies.ts'

export const flood = { path: 'loopback', kind: 'flood', payloadBytes: 64, packets: 100 }
const open = openCommand([loopback.path])

/** A command that is refused, its answer's message, and the path the answer names. */
export const refused: readonly (readonly [
  what: string,
  command: object | string,
  message: string,
  path?: string,
])[] = [
  ['no JSON', 'x', "could not read the line as JSON: '[' or '{' expected near 'x'"],
  ['half a command', '{"command":', 'could not read the line as JSON: unexpected token near end of file'],
  [
    'a key twice',
    '{"command":"close","command":"open"}',
    'could not read the line as JSON: duplicate object key near \'"command"\'',
  ],
  ['no command', '[]', 'a command is an object with a string "command"'],
  ['counters of nothing', { command: 'counters', namespaces: [] }, 'namespaces is not a list of 1 to 4096'],
  [
    'counters of a namespace that is not there',
    { command: 'counters', namespaces: ['/nowhere'], ethtool: true },
    'could not open namespace /nowhere: No such file or directory',
  ],
  ['tables of nothing', { command: 'tables', namespaces: [] }, 'namespaces is not a list of 1 to 4096'],
  ['a namespace by number', { command: 'counters', namespaces: [1] }, 'a namespace is not a string'],
  [
    'a map that is not there',
    { command: 'mapValues', maps: [{ pin: '/nowhere', key: '00000000' }] },
    'could not open map /nowhere: No such file or directory',
  ],
  ['an unknown command', { command: 'start' }, 'unknown command "start"'],
  ['an unknown key', { ...open, cpu: 1 }, '1 object item(s) left unpacked: cpu'],
  [
    'an unknown kind of receiver',
    { ...open, receiver: 'sleeping' },
    'receiver is "sleeping", expected "spinning" or "blocking"',
  ],
  [
    'one CPU for two spinning threads',
    { ...open, receiverCpu: 0 },
    'senderCpu and receiverCpu are both 0: a spinning receiver would keep the sender off its CPU; use two CPUs, or "receiver": "blocking"',
  ],
  [
    'a CPU that is not there',
    { ...open, senderCpu: 1000 },
    'could not pin the sender to CPU 1000: Invalid argument',
  ],
  ['no paths', { ...open, paths: [] }, 'paths is not a list of 1 to 64'],
  ['a path twice', openCommand([loopback.path, loopback.path]), 'path "loopback" is there twice', 'loopback'],
  [
    'a port in use',
    openCommand([loopback.path, { ...loopback.path, name: 'again' }]),
    "could not bind 127.0.0.1:7000 in udpgen's own namespace: Address already in use",
    'again',
  ],
  [
    'a port out of range',
    openCommand([simplePath('p', { address: '127.0.0.1', port: 65536 })]),
    'targets[0]: port is 65536, expected 1 to 65535',
    'p',
  ],
  [
    'a host name',
    openCommand([simplePath('p', { address: 'localhost', port: 1 })]),
    'targets[0]: target address "localhost" is not an IPv4 or IPv6 address',
    'p',
  ],
  [
    'an address that is elsewhere',
    openCommand([simplePath('p', { address: '10.9.9.9', port: 1 })]),
    "could not bind 10.9.9.9:1 in udpgen's own namespace: Cannot assign requested address",
    'p',
  ],
  [
    'a target that is a host name',
    openCommand([{ ...loopback.path, targets: [...loopback.path.targets, { address: 'vip', port: 1 }] }]),
    'targets[1]: target address "vip" is not an IPv4 or IPv6 address',
    'loopback',
  ],
  [
    'a target that no route leads to',
    openCommand([{ ...loopback.path, targets: [{ address: '10.9.9.9', port: 1 }] }]),
    "could not connect to 10.9.9.9:1 from udpgen's own namespace: Network is unreachable",
    'loopback',
  ],
  ...[0, 1025].map(
    (flows) =>
      [
        `${flows} flows`,
        openCommand([{ ...loopback.path, client: { flows } }]),
        `flows is ${flows}, expected 1 to 1024`,
        'loopback',
      ] as const,
  ),
  ...(['targets', 'servers'] as const).flatMap((ends) =>
    [0, 17].map(
      (count) =>
        [
          `${count} ${ends}`,
          openCommand([{ ...loopback.path, [ends]: Array(count).fill(loopback.path[ends][0]) }]),
          `${ends} is not a list of 1 to 16`,
          'loopback',
        ] as const,
    ),
  ),
  [
    'a server without a port',
    openCommand([{ ...loopback.path, servers: [{ address: '127.0.0.1' } as never] }]),
    'servers[0]: Object item not found: port',
    'loopback',
  ],
  [
    'a namespace that is not there',
    openCommand([{ ...loopback.path, client: { namespace: '/run/netns/none', flows: 1 } }]),
    'could not open namespace /run/netns/none: No such file or directory',
    'loopback',
  ],
  [
    'a file that is no namespace',
    openCommand([{ ...loopback.path, client: { namespace: '/etc/passwd', flows: 1 } }]),
    'could not enter namespace /etc/passwd: Invalid argument',
    'loopback',
  ],
]

/** A trial that is refused after one that would run; its answer's message, less `trials[1]: `. */
export const refusedTrials: readonly [what: string, trial: object, message: string, path?: string][] = [
  ['an unknown path', { ...flood, path: 'q' }, 'path "q" is not open', 'q'],
  [
    'an unknown kind',
    { ...flood, kind: 'burst' },
    'kind is "burst", expected one of "flood", "pingpong", "paced", "tcp-rr", "tcp-stream", "tcp-crr"',
    'loopback',
  ],
  [
    'a payload too small for the header',
    { ...flood, payloadBytes: 31 },
    'payloadBytes is 31, expected 32 to 8972',
    'loopback',
  ],
  [
    'a payload too large',
    { ...flood, payloadBytes: 8973 },
    'payloadBytes is 8973, expected 32 to 8972',
    'loopback',
  ],
  ['no packets', { ...flood, packets: 0 }, 'packets is 0, expected 1 to 1000000', 'loopback'],
  [
    'too many packets',
    { ...flood, packets: 1_000_001 },
    'packets is 1000001, expected 1 to 1000000',
    'loopback',
  ],
  ['half a packet', { ...flood, packets: 1.5 }, 'Expected integer, got real', 'loopback'],
  [
    'a missing figure',
    { path: 'loopback', kind: 'flood', packets: 1 },
    'Object item not found: payloadBytes',
    'loopback',
  ],
  ['a flood with a grace', { ...flood, graceNs: 5 }, 'graceNs is for paced trials', 'loopback'],
  ['a flood with a rate', { ...flood, ratePps: 5 }, 'ratePps is for paced trials', 'loopback'],
  ['a paced trial without a rate', { ...flood, kind: 'paced' }, 'a paced trial needs ratePps', 'loopback'],
  [
    'a rate of 0',
    { ...flood, kind: 'paced', ratePps: 0 },
    'ratePps is not a number above 0 and up to 10000000',
    'loopback',
  ],
  [
    'a schedule without end',
    { ...flood, kind: 'paced', ratePps: 0.5 },
    '100 packets at 0.5 a second take longer than 60 s',
    'loopback',
  ],
  ['a flood with checksums', { ...flood, isSummed: true }, 'isSummed is for pingpong trials', 'loopback'],
  [
    'a timeout of 0',
    { ...flood, kind: 'pingpong', timeoutNs: 0 },
    'timeoutNs is 0, expected 1 to 1000000000',
    'loopback',
  ],
]
