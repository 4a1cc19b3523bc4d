/** What a fleet comes to, in words. Pure. */
import { shortNoun } from '../record/metric-words.ts'
import type { Comparison } from '../record/record.ts'
import { formatChange, formatMargin, formatNumber, percentDigits } from '../words/numbers.ts'
import { type ComparedFleet, type FleetFigure, hasRecord, type HostFigure } from './compared.ts'
import type { Factor } from './factors.ts'

/** More names than these would fill lines. */
const mostNames = 6

/** `a, b, c`; of many, the first and how many more. */
export const namesWords = (names: readonly string[]): string =>
  names.length <= mostNames
    ? names.join(', ')
    : `${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more`

/** `+6.1 % ±0.9`. */
export function ratioWords({ estimate, low, high }: Comparison['ratio']): string {
  const digits = percentDigits(low, high)
  const change = formatChange(estimate, digits)
  return low === null || high === null
    ? change
    : `${change} ±${formatNumber(((high - low) / 2) * 100, digits)}`
}

/** Whether hosts of a figure differ, so that letters say something. */
const hasApart = ({ apart }: FleetFigure): boolean => apart.length > 0

/** A host's cell: its ratio with half its interval, and its letters where hosts differ. */
export const cellWords = (figure: FleetFigure, own: HostFigure | undefined): string => {
  if (own === undefined) return ''
  if ('reason' in own) return 'none'
  return `${ratioWords(own.ratio)}${hasApart(figure) && own.letters !== '' ? ` ${own.letters}` : ''}`
}

/** `3 of 4 hosts measured; 1 pair differs …`. */
export function headlineOf({ hosts, figures }: ComparedFleet): string {
  const measured = hosts.filter(hasRecord).length
  const all = `${measured} of ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'} measured`
  if (measured < 2) return all
  const apart = new Set(figures.flatMap((one) => one.apart.flatMap(({ better, worse }) => [better, worse])))
  return apart.size === 0 ? `${all}, and none is found to differ` : `${all}, and ${apart.size} differ`
}

/** How the hosts of a figure part: a sentence. */
export function figureSentence(figure: FleetFigure, margin: number): string {
  const { path, metric, apart, pairs, hosts } = figure
  const what = `${path}, ${shortNoun(metric)}`
  if (pairs === 0) return `${what}: no two hosts can be compared`
  if (apart.length === 0)
    return `${what}: no host is found to differ from another by more than ${formatMargin(margin)}`
  const groups = groupsOf(hosts)
  const how =
    groups === undefined
      ? `${apart.length} of ${pairs} pairs of hosts differ; those that share a letter do not`
      : groups.map((group) => `${namesWords(group.names)} ${group.range}`).join(', apart from ')
  return `${what}: ${how}${causeWords(figure)}`
}

function causeWords({ causes, apart }: FleetFigure): string {
  const them = apart.length === 1 ? 'these two' : 'all that differ'
  return causes.length === 0
    ? `; nothing that is recorded is different between ${them}`
    : `; different between ${them}: ${namesWords(causes.map(({ what }) => what))}`
}

/** Groups by letter, where nobody is in two. */
function groupsOf(
  hosts: readonly HostFigure[],
): { readonly names: string[]; readonly range: string }[] | undefined {
  const figures = hosts.filter((one): one is Exclude<HostFigure, { reason: string }> => !('reason' in one))
  if (figures.some(({ letters }) => letters.length !== 1)) return undefined
  return [...Map.groupBy(figures, ({ letters }) => letters)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      const ratios = own.map(({ ratio }) => ratio.estimate)
      const [least, most] = [formatChange(Math.min(...ratios)), formatChange(Math.max(...ratios))]
      return {
        names: own.map(({ host }) => host),
        range: least === most ? `(${least})` : `(${least} to ${most})`,
      }
    })
}

/** `kernel: 6.12.9 on a, b; 6.1.0 on c`. */
export const factorWords = ({ what, values }: Factor): string =>
  `${what}: ${values.map(({ value, hosts }) => `${value || 'nothing'} on ${namesWords(hosts)}`).join('; ')}`

/** Why hosts have no record, or what went wrong on them: name and reason. */
export const troubles = ({
  hosts,
}: Pick<ComparedFleet, 'hosts'>): { readonly host: string; readonly words: string }[] =>
  hosts.flatMap(({ host, state, reason, record }) => [
    ...(state === 'measured'
      ? []
      : [{ host, words: `${state}${reason === undefined ? '' : `: ${reason.split('\n').join('; ')}`}` }]),
    ...(record?.paths ?? []).flatMap(({ name, status, reason: why = 'no reason was recorded' }) =>
      status === 'measured'
        ? []
        : [{ host, words: `${name} ${status === 'invalid' ? 'is invalid' : 'was skipped'}: ${why}` }],
    ),
    ...(record === undefined || record.complete ? [] : [{ host, words: 'the run ended early' }]),
  ])
