/** Where a path's programs go as filters of devices that are there already: before those of others. */
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { parseAnswer } from '../host/tool.ts'
import { hookNamed } from '../parts/hooks/hooks.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { Undo } from '../topology/undo.ts'

/** A place that no filter has. */
export interface FilterPlace {
  readonly preference: number
  readonly handle: number
  /** Whether the device has no qdisc for filters so far. */
  readonly ownsQdisc: boolean
}

/** The filters of one preference, as tc(8) lists them. */
export interface FiltersThere {
  readonly pref: number
  readonly kind: string
  readonly protocol: string
  readonly chain: number
}

/** No one else's, in all likelihood: with it and its preference a filter is taken away again. */
const firstHandle = 0x7062_0001

const qdiscsSchema = z.array(z.looseObject({ kind: z.string() }))
const filtersSchema = z.array(
  z.looseObject({ pref: z.int(), kind: z.string(), protocol: z.string(), chain: z.int().default(0) }),
)

/**
 * Finds a place for each program of a path that is to be a filter; others have none.
 *
 * @throws BenchError `failed` where what is there leaves no room
 */
export async function filterPlaces(
  sandbox: Sandbox,
  { name, programs }: ScenarioPath,
  fileOf: NamespaceFile,
): Promise<(FilterPlace | undefined)[]> {
  const places: (FilterPlace | undefined)[] = []
  for (const [index, program] of programs.entries()) {
    const { held } = hookNamed(program.hook)
    if (held.by !== 'filter') {
      places.push(undefined)
      continue
    }
    const { device, namespace, hook } = program
    const where = `${hook} of ${device} in ${namespace} of path "${name}"`
    const ask = { what: `list the filters at ${where}`, namespaceFile: fileOf(namespace) }
    const [qdiscs = '', filters = ''] = await sandbox.run([
      { ...ask, command: ['tc', '-json', 'qdisc', 'show', 'dev', device] },
      { ...ask, command: ['tc', '-json', 'filter', 'show', 'dev', device, held.direction] },
    ])
    const there = parseAnswer(filters, 'tc', ask.what, filtersSchema)
    const preference = preferencesBefore(
      there,
      programs.filter((other) => isAtSameHook(other, program)).length,
    )
    if (typeof preference === 'string')
      throw new BenchError(`Could not attach ${program.program} at ${where}: ${preference}`, {
        trouble: 'failed',
        hint: 'a program goes before the filters of others; those can be given a higher preference (tc filter … pref 10)',
      })
    const before = programs.slice(0, index).filter((other) => isAtSameHook(other, program)).length
    places.push({
      preference: preference[before] ?? 1,
      handle: firstHandle + index,
      ownsQdisc: !parseAnswer(qdiscs, 'tc', ask.what, qdiscsSchema).some(({ kind }) => isForFilters(kind)),
    })
  }
  return places
}

const isForFilters = (kind: string): boolean => kind === 'clsact' || kind === 'ingress'

const isAtSameHook = (a: Program, b: Program): boolean =>
  a.namespace === b.namespace && a.device === b.device && a.hook === b.hook

/**
 * Preferences for `count` filters that are to run before those that are there, or why there are none. Of BPF filters with
 * one preference the one that was added last runs first (cls_bpf_change() in net/sched/cls_bpf.c).
 */
export function preferencesBefore(there: readonly FiltersThere[], count: number): number[] | string {
  const first = there
    .filter(({ chain }) => chain === 0)
    .reduce<FiltersThere | undefined>(
      (least, one) => (least === undefined || one.pref < least.pref ? one : least),
      undefined,
    )
  const numbers = Array.from({ length: count }, (_, index) => index)
  if (first === undefined) return numbers.map((index) => index + 1)
  if (first.pref > count) return numbers.map((index) => first.pref - count + index)
  if (first.kind === 'bpf' && first.protocol === 'all') return numbers.map(() => first.pref)
  return `a filter of kind ${first.kind} is there, at preference ${first.pref}`
}

/** Takes the filter $3/$4/$5 of device $1 away, and its qdisc if that is the path's own ($2) and nobody else's by now. */
const takeAway = `tc filter del dev "$1" "$3" pref "$4" handle "$5" bpf
if [ "$2" = own ] && [ -z "$(tc filter show dev "$1" ingress; tc filter show dev "$1" egress)" ]; then
  tc qdisc del dev "$1" clsact
fi`

/** What takes the filters of a path away where nothing else has. */
export const filterUndos = (
  { programs }: ScenarioPath,
  places: readonly (FilterPlace | undefined)[],
): Undo[] =>
  programs.flatMap(({ namespace, device, hook }, index) => {
    const [place, { held }] = [places[index], hookNamed(hook)]
    if (place === undefined || held.by !== 'filter') return []
    const owner = place.ownsQdisc ? 'own' : 'others'
    const words = [device, owner, held.direction, String(place.preference), `0x${place.handle.toString(16)}`]
    return [{ namespace, words: ['sh', '-c', takeAway, 'undo', ...words] }]
  })
