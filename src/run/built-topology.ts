/** What a path's topology looks like when built, for the record. Pure. */
import { defaultLinkKind } from '../parts/links/links.ts'
import { parentOf } from '../parts/links/parent.ts'
import type { BuiltTopology } from '../record/record.ts'
import { pairsOf, singlesOf } from '../scenario/link-ends.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { LinkEnd, Single } from '../scenario/schema.ts'
import { settingKeys } from '../scenario/schema/device-settings.ts'

/** Settings are those that were asked for: a device that did not take one would not have been built. */
export function builtTopology({ topology }: Pick<ScenarioPath, 'topology'>): BuiltTopology {
  const bridges = Object.entries(topology.bridges).map(([device, { namespace }]) => ({ namespace, device }))
  const devices = singlesOf(topology).map(([name, single]) => builtSingle(name, single))
  return {
    namespaces: Object.keys(topology.namespaces),
    links: pairsOf(topology).map(
      ([
        name,
        {
          kind,
          ends: [a, b],
        },
      ]) => ({
        name,
        ...(kind === defaultLinkKind ? {} : { kind }),
        ends: [builtEnd(a), builtEnd(b)],
      }),
    ),
    ...(bridges.length === 0 ? {} : { bridges }),
    ...(devices.length === 0 ? {} : { devices }),
  }
}

type BuiltEnd = BuiltTopology['links'][number]['ends'][number]

function builtEnd(end: LinkEnd): BuiltEnd {
  const { namespace, device, addresses, bridge } = end
  const settings = settingKeys.flatMap((key) => {
    const value = end[key]
    return value === undefined || (key === 'offload' && Object.keys(value).length === 0) ? [] : [[key, value]]
  })
  return {
    namespace,
    device,
    addresses: [...addresses],
    ...(bridge === undefined ? {} : { bridge }),
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings) as BuiltEnd['settings'] }),
  }
}

function builtSingle(name: string, single: Single): NonNullable<BuiltTopology['devices']>[number] {
  const parent = parentOf(single)
  return {
    name,
    kind: single.kind,
    ...builtEnd(single.ends[0]),
    ...(parent === undefined ? {} : { parent }),
  }
}
