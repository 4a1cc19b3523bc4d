/** A topology in a table: what is linked with what, and routes. Pure. */
import { defaultLinkKind } from '../../parts/links/links.ts'
import { pairsOf, singlesOf } from '../../scenario/link-ends.ts'
import { settingWords } from '../../scenario/setting-words.ts'
import type { Link, LinkEnd, Pair, Topology } from '../../scenario/schema.ts'
import { roomForResults } from './output.ts'
import { textTable } from './text-table.ts'

/**
 * One line per pair, then what else there is to say of pairs, then one per device that stands alone, then one per route.
 *
 * @param setInBy columns that its lines will be set in by
 */
export function topologyText(topology: Topology, setInBy = 0): string {
  const { namespaces } = topology
  const pairs = pairsOf(topology).map(([, pair]) => pair)
  const rows = pairs.map((pair) => [...cells(pair.ends[0]), pairText(pair), ...cells(pair.ends[1])])
  const singles = singlesOf(topology).map(([, { ends, ...link }]) => {
    const [{ namespace, device }] = ends
    return [`${namespace} has ${device}:`, kindText(link), endWords(ends[0])].join(' ').trimEnd()
  })
  const routes = Object.entries(namespaces).flatMap(([name, { routes: own }]) =>
    own.map(
      ({ to, via, device }) =>
        `${name} routes ${to}${via === undefined ? '' : ` via ${via}`}${device === undefined ? '' : ` on ${device}`}`,
    ),
  )
  const columns = ['end', 'addresses', '', 'end', 'addresses'].map((title) => ({
    title,
    align: 'left' as const,
  }))
  const table = textTable(columns, rows, roomForResults() - setInBy)
  return [table, ...pairs.flatMap(pairWords), ...singles, ...routes].join('\n')
}

const cells = (end: LinkEnd): string[] => [`${end.namespace}  ${end.device}`, endWords(end)]

const endWords = (end: LinkEnd): string =>
  [
    ...end.addresses,
    ...(end.bridge === undefined ? [] : [`port of ${end.bridge}`]),
    ...settingWords(end).map((words) => `(${words})`),
  ].join(' ')

/** A line; in it the kind of link where it is not the usual one. */
const pairText = ({ kind }: Pair): string => (kind === defaultLinkKind ? '──' : `─ ${kind} ─`)

/** What its kind's own keys say, where there is something: too long to stand in a table. */
function pairWords({ ends: [{ namespace, device }], ...link }: Pair): string[] {
  const text = kindText(link)
  return text === link.kind ? [] : [`${namespace}/${device} is ${text}`]
}

function kindText({ kind, ...own }: Omit<Link, 'ends'>): string {
  const words = Object.entries(own)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) => (value === true ? key : `${key} ${plain(value)}`))
  return [kind, ...words].join(', ')
}

const plain = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(plain).join(' and ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
