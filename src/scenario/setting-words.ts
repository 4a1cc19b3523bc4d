/** Settings of a device, in words. Pure. */
import type { LinkEnd } from './schema.ts'

/** One text a setting: `mtu 1450`, `offload tx off`. */
export function settingWords(end: LinkEnd): readonly string[] {
  const { mtu, queues = {}, txQueueLength, offload, threaded, rps } = end
  const offloads = Object.entries(offload).map(([name, isOn]) => `${name} ${isOn ? 'on' : 'off'}`)
  return [
    ...(mtu === undefined ? [] : [`mtu ${mtu}`]),
    ...Object.entries(queues).map(([way, count]) => `${count} ${way} ${count === 1 ? 'queue' : 'queues'}`),
    ...(txQueueLength === undefined ? [] : [`queue of ${txQueueLength}`]),
    ...offloads,
    ...(threaded === undefined ? [] : [threaded ? 'threaded' : 'not threaded']),
    ...(rps === undefined ? [] : [rps.length === 0 ? 'no RPS' : `RPS on CPU ${rps.join(', ')}`]),
  ]
}
