/** Tries a kind of device: it is made, and taken away at once, so that what it stood on is as it was. */
import type { Need } from './need.ts'

const device = 'probe-device'

/** @param type of ip-link(8), with its words; @param parent what it stands on */
export const deviceTrial =
  (type: readonly string[], parent?: string): Need['trial'] =>
  () => [
    {
      command: [
        'ip',
        'link',
        'add',
        ...(parent === undefined ? [] : ['link', parent]),
        device,
        'type',
        ...type,
      ],
    },
    { command: ['ip', 'link', 'del', device] },
  ]
