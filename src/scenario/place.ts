/** Where the namespaces of a scenario are: built in a sandbox, or there already. What each allows. Pure. */
import { defaultLinkKind } from '../parts/links/links.ts'
import { noNamespace } from '../parts/not-there.ts'
import type { ProofRule } from '../parts/proofs/schema.ts'
import type { ScenarioFile, Topology } from './schema.ts'
import { asItIs, builtKeys, taken } from './as-it-is.ts'
import { checkHosts } from './place-hosts.ts'
import { settingKeys } from './schema/device-settings.ts'
import type { FilePath, Issue } from './yaml-file.ts'

export type Place = ScenarioFile['place']
/** How a namespace is named that is there already. */
export type NamespaceReference = NonNullable<Topology['namespaces'][string]['existing']>

/** Over which hosts paths lead decides where their namespaces are: on them nothing is built. */
export const placeOf = ({ place, hosts }: Pick<ScenarioFile, 'place' | 'hosts'>): Place =>
  hasHosts({ hosts }) ? 'existing' : place

const hasHosts = ({ hosts }: Pick<ScenarioFile, 'hosts'>): boolean => Object.keys(hosts).length > 0

/** What does not fit the place. */
export function checkPlace(file: ScenarioFile): Issue[] {
  if (hasHosts(file)) return [...checkHosts(file), ...checkShared(file)]
  const hosts = Object.entries(file.topology.namespaces)
    .filter(([, { host }]) => host !== undefined)
    .map(([name, { host }]) => ({
      path: ['topology', 'namespaces', name, 'host'],
      message: `no host "${host}": "hosts" is to say how ssh leads there`,
    }))
  return [...hosts, ...(file.place === 'existing' ? checkExisting(file) : checkSandbox(file.topology))]
}

const checkSandbox = ({ namespaces }: Topology): Issue[] =>
  Object.entries(namespaces).flatMap(([name, { existing, devices }]) =>
    [...(existing === undefined ? [] : ['existing']), ...(devices === undefined ? [] : ['devices'])].map(
      (key) => ({
        path: ['topology', 'namespaces', name, key],
        message:
          'only with "place: existing" or "hosts": here the namespace is built, with the ends of its links',
      }),
    ),
  )

function checkExisting(file: ScenarioFile): Issue[] {
  const namespaces = Object.entries(file.topology.namespaces).flatMap(([name, namespace]): Issue[] => {
    const at = ['topology', 'namespaces', name]
    return [
      ...(namespace.existing === undefined
        ? [{ path: [...at, 'existing'], message: 'missing: a path, a pid or a container' }]
        : []),
      ...taken(namespace, builtKeys, at),
    ]
  })
  return [...namespaces, ...checkShared(file)]
}

/** What holds wherever paths share their namespaces. */
function checkShared({ topology, paths }: ScenarioFile): Issue[] {
  const links = Object.entries(topology.links).flatMap(([name, { kind, ends }]): Issue[] => [
    ...(kind === defaultLinkKind ? [] : [{ path: ['topology', 'links', name, 'kind'], message: asItIs }]),
    ...ends.flatMap((end, index) => taken(end, endKeys, ['topology', 'links', name, 'ends', index])),
  ])
  return [
    ...links,
    ...sameEnds(paths),
    ...(Object.keys(topology.bridges).length === 0
      ? []
      : [{ path: ['topology', 'bridges'], message: asItIs }]),
    ...Object.entries(paths).flatMap(([name, path]) =>
      checkExistingPath(path, ['paths', name], topology.namespaces),
    ),
  ]
}

/** What of a link's end would have to be changed. */
const endKeys = ['mac', 'bridge', ...settingKeys] as const

/** Paths share their sockets: all call and listen alike. */
function sameEnds(paths: ScenarioFile['paths']): Issue[] {
  const [first, ...others] = Object.entries(paths).filter(([, { role }]) => role !== 'control')
  return others.flatMap(([name, path]) =>
    (['calls', 'listens'] as const)
      .filter((key) => path[key] !== first?.[1][key])
      .map((key) => ({
        path: ['paths', name, key],
        message: `expected ${first?.[1][key]}, as path ${first?.[0]} has it: all paths share their sockets`,
      })),
  )
}

/** Of a path's own changes, rules alone are there for its trials and gone after. */
function checkExistingPath(
  { topology }: ScenarioFile['paths'][string],
  at: FilePath,
  known: Topology['namespaces'],
): Issue[] {
  const { namespaces = {}, ...others } = topology as {
    readonly namespaces?: Readonly<Record<string, object | null>> | null
  }
  const keys = [
    ...Object.keys(others).map((key) => [key]),
    ...Object.entries(namespaces ?? {}).flatMap(([name, changes]) =>
      changes === null
        ? [['namespaces', name]]
        : Object.keys(changes)
            .filter((key) => key !== 'nftables')
            .map((key) => ['namespaces', name, key]),
    ),
  ]
  const added = Object.keys(namespaces ?? {}).filter((name) => !Object.hasOwn(known, name))
  return [
    ...keys.map((key) => ({ path: [...at, 'topology', ...key], message: asItIs })),
    ...added.map((name) => ({
      path: [...at, 'topology', 'namespaces', name],
      message: noNamespace(name, Object.keys(known)),
    })),
  ]
}

/** A rule where others' packets may be counted, too: what was to be equal is the least. Nothing stays nothing. */
export function amongOthers(rule: ProofRule): ProofRule {
  if (!('equals' in rule) || rule.equals === '0') return rule
  const { equals, ...subject } = rule
  return { ...subject, atLeast: equals }
}
