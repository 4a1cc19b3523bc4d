/** A whole scenario in few lines, and what is said of it once it is changed. */
import { inProject } from '../../src/host/project.ts'
import { BenchError } from '../../src/host/errors.ts'
import { parseScenario } from '../../src/scenario/load.ts'

export const exampleText = `name: example
title: An example
description: Made up.
topology:
  namespaces:
    netns-1:
      routes: [{ to: default, via: 10.0.2.10 }]
    netns-2:
      sysctls: { net.ipv4.ip_forward: 1 }
    netns-3:
      routes: [{ to: 10.0.2.0/24, device: veth2@2 }]
      neighbours: [{ address: 10.0.3.10, device: veth2@2, mac: 02:00:00:00:00:01 }]
  links:
    veth1:
      - { namespace: netns-1, device: veth1@1, addresses: [10.0.2.11/24] }
      - { namespace: netns-2, device: veth1@2, addresses: [10.0.2.10/24] }
    veth2:
      - { namespace: netns-2, device: veth2@1, addresses: [10.0.3.10/24], mac: 02:00:00:00:00:01 }
      - { namespace: netns-3, device: veth2@2, addresses: [10.0.3.11/24, 10.0.3.20/24] }
client: { namespace: netns-1 }
server: { namespace: netns-3, address: 10.0.3.20, port: 7000 }
load:
  - { kind: flood }
  - { kind: paced, packets: 200, payloadBytes: 128, ratePps: 1000 }
paths:
  stack:
    role: baseline
    title: forwarding
    way: [netns-1, netns-2/veth1@2, netns-2, netns-3]
    proof:
      - { counter: netns-2/Ip.ForwDatagrams, equals: requests + replies }
  redirect:
    role: candidate
    title: redirecting
    needs: [tc-bpf]
    skips: [the route lookup]
    programs:
      - object: redirect.bpf.c
        program: redirect
        hook: tc/ingress
        namespace: netns-2
        device: veth1@2
        maps:
          services:
            - key: { address: 10.0.3.20, port: 7000 }
              value: { ifindex: ifindex(veth2@1), destination_mac: mac(netns-3/veth2@2) }
    way: [netns-1, redirect, netns-3]
    proof:
      - { counter: netns-2/Ip.ForwDatagrams, equals: 0 }
      - { counter: netns-2/veth2@1.txPackets, atLeast: requests }
      - { program: redirect, atLeast: requests }
  control:
    role: control
    title: forwarding once more
  floor:
    role: floor
    title: no router
    topology:
      namespaces: { netns-2: null, netns-1: { routes: [{ to: default, device: veth1@1 }] } }
      links:
        veth1: null
        veth2:
          - { namespace: netns-1, device: veth1@1, addresses: [10.0.2.11/24] }
          - { namespace: netns-3, device: veth2@2, addresses: [10.0.3.20/24] }
    way: [netns-1, netns-3]
`

/** The example with its first `from` replaced. */
export function changed(from: string, to: string, text = exampleText): string {
  if (!text.includes(from)) throw new Error(`the example has no "${from}"`)
  return text.replace(from, () => to)
}

export const parse = (text: string) => parseScenario(text, inProject('scenarios', 'example.yaml'))

/** The error that a text makes. */
export function errorOf(text: string): BenchError {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof BenchError) return error
    throw error
  }
  throw new Error('there was nothing wrong')
}

/** What is wrong with a text: `line:column  path: message`, one line a problem. */
export const problemsOf = (text: string): string[] =>
  (errorOf(text).details ?? '').split('\n').map((line) => line.replace(/^.*example\.yaml:/, ''))
