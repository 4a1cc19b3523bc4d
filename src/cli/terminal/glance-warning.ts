/** What of a run is most to be minded, in a line. Pure. */
import { unequalControl } from '../../record/control.ts'
import type { RunRecord } from '../../record/record.ts'
import { styled } from './output.ts'
import { fitted, textWidth } from './wrap.ts'

/** Codes of warnings by what is most to be minded; those that lines above tell are left out. */
const warningOrder = [
  'partial',
  'other-way',
  'busy-agent',
  'out-of-time',
  'steal',
  'one-cpu',
  'paced-tcp',
  'send-error',
  'loss',
  'no-control',
  'control-not-equivalent',
]
const toldAbove = new Set(['path-invalid', 'path-skipped'])

/** The one thing to mind most, if anything, and how many there are besides. */
export function warningLine(record: RunRecord, width: number, stream: NodeJS.WriteStream): string[] {
  const rankOf = (code: string) =>
    warningOrder.includes(code) ? warningOrder.indexOf(code) : warningOrder.length
  const groups = [...Map.groupBy(record.warnings, ({ code }) => code).values()]
    .filter(([first]) => first !== undefined && !toldAbove.has(first.code))
    .toSorted(([one], [other]) => rankOf(one?.code ?? '') - rankOf(other?.code ?? ''))
  const [first, ...others] = groups
  if (first === undefined) return []
  const text = briefWarning(first, record)
  // What to do is worth more than how many there are besides.
  const [more = ''] = [` (${others.length} more: --verbose)`, ` (+${others.length})`].filter(
    (one) => others.length > 0 && labelWidth + textWidth(text + one) <= width,
  )
  return [`${styled('yellow', 'warning', stream)}  ${fitted(text, width - labelWidth - more.length)}${more}`]
}

/** Of `warning` and two spaces. */
const labelWidth = 9

/** What to do about a warning, behind what is so, which goes up to the first colon or semicolon of its message. */
export const advice: Readonly<Record<string, string>> = {
  'other-way': 'see `bench trace`',
  'out-of-time': 'give it more by --max-time',
  'busy-agent': 'pin it elsewhere by taskset',
  steal: 'measure on a quieter host',
  'one-cpu': 'give them two by --cpus',
  'paced-tcp': 'set `congestion: cubic` in the load',
  'memory-not-locked': 'raise `ulimit -l`',
}

/** Warnings of one code, in few words. */
function briefWarning(alike: RunRecord['warnings'], { paths, comparisons }: RunRecord): string {
  const [{ code, message } = { code: '', message: '' }] = alike
  if (code === 'control-not-equivalent') {
    const metrics = unequalControl(paths, comparisons).length
    return `noisy control in ${metrics === 1 ? 'one metric' : `${metrics} metrics`}: run longer, or on a quieter machine`
  }
  const todo = advice[code]
  return todo === undefined ? message : `${message.replace(/[:;].*/s, '')}: ${todo}`
}
