/** Attaches a program to one direction of a device's clsact qdisc. */
import type { Hook } from './hook.ts'

export const attachTc =
  (direction: 'ingress' | 'egress'): Hook['attach'] =>
  ({ device, pin, order }) => {
    const lines = [
      // `replace` serves a second program on the same device.
      `qdisc replace dev ${device} clsact`,
      // Filters run by rising preference; to one without, the kernel gives the lowest, so that it would run
      // first (tcf_auto_prio() in net/sched/cls_api.c).
      `filter add dev ${device} ${direction} pref ${order} protocol all bpf direct-action object-pinned ${pin}`,
    ]
    return { command: ['tc', '-batch', '-'], input: `${lines.join('\n')}\n` }
  }
