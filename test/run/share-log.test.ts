import test from 'ava'
import { ShareLog } from '../../src/run/share-log.ts'
import type { PathCounters } from '../../src/run/round-counters.ts'
import { findScenario } from '../../src/scenario/find.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { floodResult } from './answers.ts'

const path = loadScenario(findScenario('dsr-vs-nat')).paths.find(({ name }) => name === 'dsr-tc')!

const counters = (counts: Readonly<Record<string, Readonly<Record<string, number>>>>): PathCounters =>
  new Map(Object.entries(counts).map(([namespace, of]) => [namespace, new Map(Object.entries(of))]))

const round = counters({
  curlybox01: { 'eth0.rxPackets': 400, 'eth0.txPackets': 600, 'lo.rxPackets': 99 },
  lbdsr0a: { 'eth0.rxPackets': 600, 'eth0.txPackets': 600 },
  router0a: { 'eth0.rxPackets': 600, 'eth1.rxPackets': 400, 'eth1.txPackets': 600 },
  backend0x: { 'Tcp.PassiveOpens': 9 },
  backend0y: { 'Tcp.PassiveOpens': 7 },
})

function log(hasHttp = true): ShareLog {
  const shares = new ShareLog('curlybox01', hasHttp)
  for (let number = 0; number < 2; number += 1) {
    shares.addTrial(floodResult('dsr-tc', { receivedByServer: [50, 30], flowsByServer: [20, 12] }))
    shares.addTrial(floodResult('dsr-tc', { receivedByServer: [60, 40], flowsByServer: [36, 28] }))
    shares.endRound(path, round)
  }
  return shares
}

test('servers get what they received; flows are those of every round’s end, added up', (t) => {
  t.deepEqual(log().serversOf(path), [
    { namespace: 'backend0x', address: '172.19.0.3', flows: 72, requests: 220, httpConnections: 18 },
    { namespace: 'backend0y', address: '172.19.0.4', flows: 56, requests: 140, httpConnections: 14 },
  ])
})

test('without HTTP load there are no HTTP connections to be counted', (t) => {
  t.deepEqual(
    log(false)
      .serversOf(path)
      .map(({ httpConnections }) => httpConnections),
    [null, null],
  )
})

test('hosts between client and servers have a share in what the client sends and receives; bridges have none', (t) => {
  t.deepEqual(log().crossingsOf(path), [
    { namespace: 'lbdsr0a', frames: 1200, share: 0.6 },
    { namespace: 'router0a', frames: 2000, share: 1 },
  ])
})

test('a path that carried nothing has no shares', (t) => {
  t.deepEqual(new ShareLog('curlybox01', true).crossingsOf(path), [])
})
