/** A scenario on namespaces that are there already, as text to be edited. Pure. */
import { stringify } from 'yaml'
import type { NamespaceReference } from './place.ts'

/** A namespace on the way, as it was found. */
export interface FoundNamespace {
  /** What the scenario calls it. */
  readonly name: string
  readonly reference: NamespaceReference
  readonly devices: readonly FoundDevice[]
  readonly routes: readonly string[]
}

export interface FoundDevice {
  readonly device: string
  readonly ifindex: number
  readonly peerIfindex: number | undefined
  readonly kind: string | undefined
  readonly addresses: readonly string[]
}

export interface Captured {
  readonly name: string
  /** From the client to the server, in the order of the way. */
  readonly namespaces: readonly FoundNamespace[]
  readonly serverAddress: string
  readonly port: number
}

interface End {
  readonly namespace: string
  readonly found: FoundDevice
}

/** Pairs of devices between the namespaces. */
export function pairsOf(namespaces: readonly FoundNamespace[]): readonly (readonly [End, End])[] {
  const ends = namespaces.flatMap(({ name, devices }) => devices.map((found) => ({ namespace: name, found })))
  return ends.flatMap((one, index) => {
    const peers = ends.filter((other) => arePair(one, other))
    // Numbers are unique within a namespace only: where several would fit, nobody can say which it is.
    const [peer] = peers
    return peer !== undefined && peers.length === 1 && ends.indexOf(peer) > index
      ? [[one, peer] as const]
      : []
  })
}

const arePair = (one: End, other: End): boolean =>
  one !== other &&
  one.found.kind === 'veth' &&
  other.found.kind === 'veth' &&
  one.found.peerIfindex === other.found.ifindex &&
  other.found.peerIfindex === one.found.ifindex

/** The way from the first namespace to the last, where each is paired with the next. */
export function wayThrough(namespaces: readonly FoundNamespace[]): string[] {
  const pairs = pairsOf(namespaces)
  const steps = namespaces.slice(1).map(({ name }, index) => {
    const before = namespaces[index]?.name
    const pair = pairs
      .flatMap(([a, b]) => [[a, b] as const, [b, a] as const])
      .find(([from, to]) => from.namespace === before && to.namespace === name)
    return pair?.map((end) => `${end.namespace}/${end.found.device}`)
  })
  if (steps.some((step) => step === undefined)) return []
  return [
    ...(namespaces[0] === undefined ? [] : [namespaces[0].name]),
    ...steps.flatMap((step, index) => [...(step ?? []), namespaces[index + 1]?.name ?? '']),
  ]
}

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()

/** The text of the scenario: what is there, measured by itself; a candidate stands in comments. */
export function capturedText(captured: Captured): string {
  const { name, namespaces, serverAddress, port } = captured
  const [client] = namespaces
  const server = namespaces.at(-1)
  const middle = namespaces.slice(1, -1)
  const way = wayThrough(namespaces)
  const at = middle[0] ?? server
  return `name: ${name}
title: What is there, as it is
description: |
  Written by \`bench capture\` from what it found. Edit it; \`bench show\` checks it.

# Namespaces that are there already: nothing is built, and what a path attaches is gone when its trials are over.
place: existing

topology:
  namespaces:
${namespaces.map(namespaceText).join('\n')}
${linksText(namespaces)}
client:
  namespace: ${client?.name ?? ''}
server:
  namespace: ${server?.name ?? ''}
  address: ${serverAddress}
  # pathbench's own server listens there: no other may.
  port: ${port}

load:
  - { kind: flood, packets: 800, payloadBytes: 64 }
  - { kind: pingpong, packets: 250, payloadBytes: 64 }
  - { kind: paced, packets: 250, payloadBytes: 64, ratePps: 50000 }

# By --load tcp instead.
loads:
  tcp:
    - { kind: tcp-rr, transactions: 250, connections: 1, congestion: cubic }
    - { kind: tcp-stream, bytes: 8388608, connections: 1, congestion: cubic }
    - { kind: tcp-crr, transactions: 100, congestion: cubic }

paths:
  as-it-is:
    role: baseline
    title: what is there
${way.length === 0 ? '' : `    way: [${way.join(', ')}]\n`}${middle
    .map(
      (one) =>
        `    # If it forwards by the kernel's own routing:\n    # proof:\n    #   - { counter: ${one.name}/Ip.ForwDatagrams, atLeast: requests + replies }\n`,
    )
    .join('')}
  control:
    role: control
    title: the same, a second time

  # What is compared with it: a program, or commands of your own (setup, agent, teardown).
  # mine:
  #   role: candidate
  #   title: my program
  #   programs:
  #     - object: my.bpf.o
  #       program: my_prog
  #       hook: tc/ingress
  #       namespace: ${at?.name ?? ''}
  #       device: ${at?.devices[0]?.device ?? ''}
  #   proof:
  #     - { program: my_prog, atLeast: 1 }
`
}

function namespaceText({ name, reference, devices, routes }: FoundNamespace): string {
  const comments = [
    ...devices.map(({ device, addresses }) => `${device}: ${addresses.join(' ') || 'no address'}`),
    ...routes.map((route) => `route ${route.trim()}`),
  ]
  return `    ${name}:
${comments.map((line) => `      # ${line}`).join('\n')}
      existing: ${flow(reference)}
      devices: ${flow(devices.map(({ device }) => device))}`
}

/** Links are told for the drawing of the report. */
function linksText(namespaces: readonly FoundNamespace[]): string {
  const pairs = pairsOf(namespaces)
  if (pairs.length === 0) return '  links: {}\n'
  const end = ({ namespace, found: { device, addresses } }: End) =>
    `      - ${flow({ namespace, device, addresses })}`
  return `  links:\n${pairs.map(([a, b], index) => `    link-${index + 1}:\n${end(a)}\n${end(b)}`).join('\n')}\n`
}
