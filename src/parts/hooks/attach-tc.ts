/** One direction of a device's clsact qdisc: attaching a program to it, and finding those that are there. */
import { z } from 'zod'
import { parseAnswer } from '../../host/tool.ts'
import { linkTypes, listLinks } from './attach-link.ts'
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
    return { command: ['tc', '-batch', '-'], input: `${lines.join('\n')}\n`, hintFor: hintFor(device) }
  }

/** An `ingress` qdisc has clsact's place (net/sched/sch_api.c: tc_modify_qdisc()). */
const hintFor =
  (device: string) =>
  (stderr: string): string | undefined =>
    stderr.includes('must match existing qdisc')
      ? `${device} has a qdisc of kind ingress where the programs of a path want clsact: let what adds it say clsact, which takes the same filters`
      : undefined

const tcxTypes = { ingress: linkTypes.tcxIngress, egress: linkTypes.tcxEgress } as const

const filters = z.array(
  z.looseObject({ options: z.looseObject({ prog: z.object({ id: z.int() }).optional() }).optional() }),
)

/** Programs of filters, and those at the kernel's newer hook for them, tcx. */
export const listTc =
  (direction: 'ingress' | 'egress'): Hook['listings'] =>
  (device) => [
    {
      call: { command: ['tc', '-json', 'filter', 'show', 'dev', device, direction] },
      idsIn: (answer) =>
        parseAnswer(answer, 'tc', 'list filters', filters).flatMap(({ options }) => options?.prog?.id ?? []),
    },
    listLinks(tcxTypes[direction], device),
  ]
