/**
 * Paths that lie: they forward as the stack does, but for what a rule of nftables does to some packets on
 * the way. A field is where udpgen has it in the payload (udpgen/protocol.h), behind the UDP header's 8 bytes.
 */

interface Field {
  readonly byte: number
  readonly bits: number
}

const fields = {
  seal: { byte: 0, bits: 32 },
  sequence: { byte: 8, bits: 32 },
  kind: { byte: 12, bits: 16 },
  flow: { byte: 14, bits: 16 },
} as const

/** A field as nft names it. */
const at = ({ byte, bits }: Field): string => `@th,${8 * (8 + byte)},${bits}`

/** Numbers travel in the machine's byte order, and nft compares in the network's. */
const is = (field: keyof typeof fields, value: number): string => {
  const bytes = fields[field].bits / 8
  const swapped = Array.from({ length: bytes }, (_, place) => (value >> (8 * place)) & 255)
  return `${at(fields[field])} 0x${swapped.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

const flood = is('kind', 1)
const paced = is('kind', 2)
const request = is('kind', 3)
const reply = is('kind', 4)
const oneIn = (count: number): string => `numgen inc mod ${count} 0`
const setByte = (byte: number, value: number): string => `${at({ byte, bits: 8 })} set ${value}`
const copy = 'dup to 10.10.3.20 device "veth2@1"'
const copyBack = 'dup to 10.10.2.11 device "veth1@2"'

/** What a path does, by name. Statements see UDP to or from port 7000. */
export type Lies = Readonly<Record<string, string>>

/** On one flow of small packets. */
export const lies: Lies = {
  'drops-all': 'drop',
  'drops-half': `${oneIn(2)} drop`,
  'drops-one-in-97': `${oneIn(97)} drop`,
  'drops-one-in-997': `${oneIn(997)} drop`,
  'drops-floods': `${flood} drop`,
  'drops-one-in-50-of-floods': `${flood} ${oneIn(50)} drop`,
  'drops-paced': `${paced} drop`,
  'drops-one-in-97-of-paced': `${paced} ${oneIn(97)} drop`,
  'drops-requests': `${request} drop`,
  'drops-one-in-50-requests': `${request} ${oneIn(50)} drop`,
  'drops-replies': `${reply} drop`,
  'drops-one-in-50-replies': `${reply} ${oneIn(50)} drop`,
  'drops-first-of-floods': `${flood} ${is('sequence', 0)} drop`,
  'drops-last-of-floods': `${flood} ${is('sequence', 199)} drop`,
  'drops-last-of-paced': `${paced} ${is('sequence', 99)} drop`,
  'drops-last-reply': `${reply} ${is('sequence', 49)} drop`,
  'drops-after-40-kilobytes': 'quota over 40 kbytes drop',
  'drops-beyond-a-rate': 'limit rate over 1000/second burst 300 packets drop',
  'rejects-one-in-97': `${oneIn(97)} reject`,
  'spoils-all': setByte(40, 255),
  'spoils-one-in-97': `${oneIn(97)} ${setByte(40, 255)}`,
  'spoils-one-in-997': `${oneIn(997)} ${setByte(40, 255)}`,
  'spoils-last-byte-of-floods': `${flood} ${setByte(63, 1)}`,
  'spoils-one-in-50-replies': `${reply} ${oneIn(50)} ${setByte(50, 255)}`,
  'spoils-send-time': `${paced} ${oneIn(50)} ${setByte(23, 255)}`,
  'spoils-server-time': `${reply} ${oneIn(50)} ${setByte(31, 255)}`,
  'spoils-sequence': `${flood} ${oneIn(50)} ${setByte(11, 255)}`,
  'spoils-kind': `${request} ${oneIn(50)} ${at(fields.kind)} set 0x0400`,
  // What is left to devices arrives all the same.
  'spoils-checksums': 'udp checksum set 0x1234',
  'copies-all': `udp dport 7000 ${copy}`,
  'copies-one-in-97': `udp dport 7000 ${oneIn(97)} ${copy}`,
  'copies-replies': `${reply} ${copyBack}`,
  'copies-last-of-floods': `${flood} ${is('sequence', 199)} ${copy}`,
  'copies-last-reply': `${reply} ${is('sequence', 49)} ${copyBack}`,
}

/** Where nothing is lost by the kernel's counts: each loss is made up for by a copy. */
export const lossesMadeUpFor: readonly string[] = [
  `udp dport 7000 ${oneIn(50)} drop`,
  `udp dport 7000 ${oneIn(49)} ${copy}`,
]

/** On eight flows of packets of two sizes. */
export const liesBySizeOrFlow: Lies = {
  'drops-large': 'ip length > 1000 drop',
  'drops-small': 'ip length < 100 drop',
  'drops-one-in-50-large': `ip length > 1000 ${oneIn(50)} drop`,
  'drops-a-flow': `${is('flow', 5)} drop`,
  'drops-replies-of-a-flow': `${reply} ${is('flow', 5)} drop`,
  'spoils-a-flow': `${is('flow', 5)} ${setByte(45, 255)}`,
  'swaps-flows': `${reply} ${is('flow', 5)} ${at(fields.flow)} set 0x0600`,
}

/** A byte of what TCP carries, behind its header, from 0. */
const setTcpByte = (byte: number, value: number): string => `@ih,${8 * byte},8 set ${value}`
/** Packets with an answer of a web server; acknowledgements and the like are shorter. */
const httpAnswer = 'tcp sport 80 ip length > 200'
const httpRequest = 'tcp dport 80 ip length > 90'

/**
 * On HTTP. Statements of nft reach the first 256 bytes behind TCP's header: nginx's head has some 150, the rest is
 * the page's. Only the sender's device computes checksums of what is behind it: what is spoilt arrives.
 */
export const liesAboutHttp: Lies = {
  'spoils-every-body': `${httpAnswer} ${setTcpByte(240, 0x23)}`,
  'spoils-one-body-in-97': `${httpAnswer} numgen inc mod 97 0 ${setTcpByte(240, 0x23)}`,
  'spoils-a-name-in-heads': `${httpAnswer} ${setTcpByte(18, 0x23)}`,
  'spoils-dates': `${httpAnswer} ${setTcpByte(50, 0x39)}`,
  // To another, in which nginx answers with success, too.
  'spoils-the-path-of-requests': `${httpRequest} ${setTcpByte(6, 0x23)}`,
  'spoils-a-value-in-requests': `${httpRequest} ${setTcpByte(27, 0x78)}`,
}

/** The rules of a router that lies about HTTP. */
export const routerRulesOfHttp = (statement: string): string =>
  `table ip lie { chain forward { type filter hook forward priority 0; ${statement}; }; }`

/** The rules of a router that lies with these statements about UDP of port 7000. */
export const routerRules = (statements: readonly string[], hook = 'forward'): string => `
table ip lie {
  chain ${hook} {
    type filter hook ${hook} priority 0;
${statements.map((statement) => `    udp dport 7000 ${statement}\n    udp sport 7000 ${statement}`).join('\n')}
  }
}
`
