/**
 * What a run has found, at a glance: a line for each candidate, one for the noise, one for what is undecided, and one
 * for what to mind. Fits the width it is given. Pure.
 */
import { kernelRelease } from '../../across/identity.ts'
import { isDecided } from '../../record/conclusion.ts'
import { shortNoun } from '../../record/metric-words.ts'
import type { Comparison, PathRecord, RunRecord } from '../../record/record.ts'
import { markOf } from '../../words/delivery-words.ts'
import { formatBareChangeRange, formatChange, formatCount, percentDigits } from '../../words/numbers.ts'
import { rankedOf } from '../../words/path-headline.ts'
import { emptyHanded } from '../../report/view/empty-handed.ts'
import { deviceUnderTestOf } from '../../report/view/device-under-test.ts'
import { levelsAlone, pathAlone } from '../../report/view/levels-alone.ts'
import { headlineComparisonsOf, measuredPaths } from '../../report/view/selection.ts'
import { noiseWords, subjectWordsOf } from '../../report/view/subject-line.ts'
import { type Fate, fateOf, fateWord } from '../../report/view/outcome.ts'
import { pathNotices } from '../../report/view/verdicts.ts'
import { clearOwnCost } from '../../words/sentences.ts'
import { isSound } from '../../record/soundness.ts'
import { styled } from './output.ts'
import { fitted, textTable, textWidth } from './text-table.ts'
import { timeToDecideS } from './time-to-decide.ts'

type Style = Parameters<typeof styled>[0]

/** From so many candidates on, a table of cells stands for their lines. */
const manyCandidates = 8

/** Each line fits into `width` columns. */
export function glance(record: RunRecord, width: number): string[] {
  const candidates = record.paths.filter(({ role }) => role === 'candidate')
  const isMany = candidates.length >= manyCandidates
  const before = [styled('bold', subjectLine(record, width)), '', ...emptyHandedLine(record, width)]
  const after = [
    ...baselineLine(record, width),
    ...controlLine(record, width),
    ...withheldLines(record, width),
    ...undecidedLine(record, width),
  ]
  const dead = candidates.filter((path) => isDead(record, path)).length
  const room = mostLines - before.length - after.length - candidates.length
  const detail = isMany || dead === 0 ? 0 : Math.max(0, Math.floor(room / dead))
  const findings = isMany
    ? manyLines(record, candidates, width)
    : candidates.flatMap((path) => candidateLines(record, path, width, detail))
  return [...before, ...findings, ...after]
}

/** With the warning, the result, the report and the way to more below them, these fill a small terminal. */
const mostLines = 24 - 6

/** What stands before all else where a run decided nothing. */
function emptyHandedLine(record: RunRecord, width: number): string[] {
  const words = emptyHanded(record)
  return words === undefined ? [] : [styled('red', fitted(words, width))]
}

/** What was measured, on what. */
function subjectLine(record: RunRecord, width: number): string {
  const { cpu, payload, effort, commit } = subjectWordsOf(record)
  const given = (words: string | undefined) => (words === undefined ? [] : [words])
  const known = [
    record.scenario,
    `Linux ${kernelRelease(record)}`,
    ...given(payload),
    effort,
    ...given(commit),
  ]
  const left = width - known.join(separator).length - separator.length
  return fitted(known.toSpliced(2, 0, ...(left >= 8 ? [fitted(cpu, left)] : [])).join(separator), width)
}

const separator = ' · '

const fateStyles: Readonly<Record<Fate, Style>> = {
  faster: 'green',
  slower: 'red',
  mixed: 'yellow',
  equivalent: 'cyan',
  inconclusive: 'yellow',
  invalid: 'red',
  skipped: 'yellow',
}

const wordWidth = 10

/** A path's name and its word, if it has one, before what is said of it. */
function labelled(record: RunRecord, name: string, fate?: Fate): string {
  const longest = Math.max(...record.paths.map((path) => textWidth(path.name)))
  const nameWidth = Math.min(longest, mostNameWidth)
  const shown = fitted(name, nameWidth).padEnd(nameWidth)
  const word = (fate === undefined ? '' : fateWord(fate)).padEnd(wordWidth)
  return `${shown}  ${fate === undefined ? word : styled(fateStyles[fate], word)}`
}

const mostNameWidth = 20

/** Whether there is nothing to say of a path but why. */
const isDead = (record: RunRecord, path: PathRecord): boolean =>
  !isSound(record, path) || headlineComparisonsOf(record, path.name).length === 0

/** @param detail most lines below the first, which say where the packets of a dead path went */
function candidateLines(record: RunRecord, path: PathRecord, width: number, detail: number): string[] {
  const { name } = path
  if (isDead(record, path)) return deadLines(record, path, width).slice(0, 1 + detail)
  const comparisons = headlineComparisonsOf(record, name)
  const ranked = rankedOf(comparisons)
  const [lead, ...others] = ranked.length > 0 ? ranked : comparisons.slice(0, 1)
  const lost = markOf(record, name)
  // What speaks against the first comes second.
  const isContrary = ({ verdict }: Comparison) =>
    (lead?.verdict === 'faster' && verdict === 'slower') ||
    (lead?.verdict === 'slower' && verdict === 'faster')
  const contrary = others.filter(isContrary).slice(0, 1)
  const clauses = [
    ...(lost === undefined ? [] : [lost]),
    ...(lead === undefined ? [] : [leadClause(lead)]),
    ...contrary.map(briefClause),
    ...ownCostClause(record, name),
    ...others.filter((one) => !contrary.includes(one)).map(briefClause),
  ]
  return [fittedClauses(labelled(record, name, fateOf(record, path)), clauses, width)]
}

/** Why a path is dead; then likely causes, and where its packets went, hop by hop. */
function deadLines(record: RunRecord, path: PathRecord, width: number): string[] {
  const [notice] = pathNotices(record, path)
  const label = labelled(record, path.name, fateOf(record, path))
  const indent = ' '.repeat(textWidth(label))
  const { diagnosis = [] } = notice ?? {}
  const causes = diagnosis.filter((line) => line.startsWith('likely'))
  const texts = [
    notice?.texts.join(' ') ?? 'nothing to compare',
    ...causes,
    ...diagnosis.filter((line) => !causes.includes(line)),
  ]
  return texts
    .flatMap((text) => wrapped(text, width - textWidth(label) - 2))
    .map((line, index) => `${index === 0 ? label : indent}  ${line}`)
}

/** `text` in lines of `width` columns, broken between words where that can be. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? ''
    const longer = last === '' ? word : `${last} ${word}`
    if (textWidth(longer) <= width) lines[lines.length - 1] = longer
    else if (last === '') lines[lines.length - 1] = fitted(word, width)
    else lines.push(fitted(word, width))
  }
  return lines
}

/** `+5.6 % packets/s (+5.4 to +5.9)`. */
function leadClause({ metric, ratio: { estimate, low, high } }: Comparison): string {
  const digits = percentDigits(low, high)
  const range = low === null || high === null ? '' : ` (${formatBareChangeRange(low, high, digits)})`
  return `${formatChange(estimate, digits)} ${shortNoun(metric)}${range}`
}

const briefClause = (comparison: Comparison): string =>
  comparison.verdict === 'equivalent'
    ? `same ${shortNoun(comparison.metric)}`
    : `${formatChange(comparison.ratio.estimate, percentDigits(comparison.ratio.low, comparison.ratio.high))} ${shortNoun(comparison.metric)}`

/** What a path adds to the router's own cost, or takes off it, where that is clear. */
function ownCostClause(record: RunRecord, name: string): string[] {
  const clear = clearOwnCost(record.derived.routerCost.find(({ path }) => path === name))
  if (clear === undefined) return []
  return [
    `${deviceUnderTestOf(record)} cost ${formatChange(clear.estimate, percentDigits(clear.low, clear.high))}`,
  ]
}

/** As many clauses behind a label as fit; the first always, cut where it must be. */
function fittedClauses(label: string, clauses: readonly string[], width: number): string {
  let text = ''
  for (const clause of clauses) {
    const longer = text === '' ? clause : `${text}, ${clause}`
    if (textWidth(label) + 2 + textWidth(longer) > width && text !== '') continue
    text = longer
  }
  return `${label}  ${fitted(text, width - textWidth(label) - 2)}`
}

/** Paths down and metrics across, a few characters each; in several tables where one is too wide. */
function manyLines(record: RunRecord, candidates: readonly PathRecord[], width: number): string[] {
  const names = candidates.map(({ name }) => name)
  const nameWidth = Math.min(mostNameWidth, Math.max(...names.map(textWidth)))
  const metrics = new Set(
    names.flatMap((name) => headlineComparisonsOf(record, name).map(({ metric }) => metric)),
  )
  const marks = names.map((name) => markOf(record, name) ?? '')
  const columns = [
    ...(marks.some((mark) => mark !== '')
      ? [['', '', ...marks.map((mark) => fitted(mark, mostNameWidth))]]
      : []),
    ...[...metrics].map((metric) => [
      ...twoLines(shortNoun(metric)),
      ...candidates.map((path) => cell(record, path, metric)),
    ]),
  ]
  const [first = [], ...others] = inTables(columns, width - nameWidth)
  const tables = candidates.length > manyRows ? [first] : [first, ...others]
  const left = columns.length - tables.flat().length
  const lines = tables.map((own) => {
    const rows = ['', '', ...names].map((name, row) => [
      fitted(name, nameWidth),
      ...own.map((cells) => cells[row] ?? ''),
    ])
    const titles = (rows[0] ?? []).map((title, column) => ({
      title,
      align: column === 0 ? ('left' as const) : ('right' as const),
    }))
    return textTable(titles, rows.slice(1))
  })
  const more = left === 0 ? '' : `; ${left} more metrics: --verbose`
  return [...lines.join('\n\n').split('\n'), fitted(`▲ better, ▼ worse, ≈ same, ? undecided${more}`, width)]
}

/** From so many candidates on, what does not fit beside the first metrics is left to --verbose. */
const manyRows = 12

/** `paced delay` over `p90`: what a metric is of, and below it which. */
function twoLines(noun: string): [string, string] {
  const [, statistic = '', distribution = ''] = /^(p\d+) (.*)$/.exec(noun) ?? []
  if (statistic !== '') return [distribution.replace(/ .*/, ''), statistic]
  const [head = '', ...rest] = noun.split(/(?<=[ ])|(?=\/)/)
  return [head.trim(), rest.join('').trim()]
}

/** Columns, as many together as fit into `width`. */
function inTables(columns: readonly (readonly string[])[], width: number): (readonly string[])[][] {
  const tables: (readonly string[])[][] = []
  let room = 0
  for (const column of columns) {
    const wanted = 2 + Math.max(...column.map(textWidth))
    if (tables.length === 0 || wanted > room) {
      tables.push([])
      room = width
    }
    tables.at(-1)?.push(column)
    room -= wanted
  }
  return tables
}

function cell(record: RunRecord, path: PathRecord, metric: string): string {
  const fate = fateOf(record, path)
  if (fate === 'invalid' || fate === 'skipped') return styled(fateStyles[fate], fate)
  const comparison = headlineComparisonsOf(record, path.name).find((one) => one.metric === metric)
  if (comparison === undefined) return '–'
  if (!isDecided(comparison)) return styled('yellow', '?')
  const { verdict, ratio } = comparison
  if (verdict === 'equivalent') return styled('cyan', '≈')
  const change = formatChange(ratio.estimate, percentDigits(ratio.low, ratio.high))
  return verdict === 'faster' ? styled('green', `${change}▲`) : styled('red', `${change}▼`)
}

/** What the yardstick itself lost, if anything; and its own figures, where nothing is compared with it. */
function baselineLine(record: RunRecord, width: number): string[] {
  return measuredPaths(record, 'baseline').flatMap(({ name }) => {
    const lost = markOf(record, name)
    const alone = pathAlone(record)
    const clauses = [
      ...(lost === undefined ? [] : [lost]),
      ...(alone === undefined ? [] : levelsAlone(record, alone)),
    ]
    return clauses.length === 0 ? [] : [fittedClauses(labelled(record, name), clauses, width)]
  })
}

/** How far the control comes out from the baseline: what of a difference is noise. */
function controlLine(record: RunRecord, width: number): string[] {
  return measuredPaths(record, 'control').flatMap(({ name }) => {
    if (headlineComparisonsOf(record, name).length === 0) return []
    const noise = noiseWords(record, name)
    return [
      fittedClauses(labelled(record, name), [`noise: ${noise[0] ?? 'not known'}`, ...noise.slice(1)], width),
    ]
  })
}

/** Candidates' comparisons that came to nothing. */
const openOf = (record: RunRecord): Comparison[] =>
  measuredPaths(record, 'candidate').flatMap(({ name }) =>
    headlineComparisonsOf(record, name).filter((one) => !isDecided(one)),
  )

/** Why no verdict is given where the figures alone would give one, once a reason. */
function withheldLines(record: RunRecord, width: number): string[] {
  const withheld = Map.groupBy(openOf(record), (one) => one.withheld)
  return [...withheld].flatMap(([reason, alike]) => {
    if (reason === undefined) return []
    const paths = [...new Set(alike.map(({ path }) => path))].join(', ')
    const nouns = [...new Set(alike.map(({ metric }) => shortNoun(metric)))].join(', ')
    return wrapped(`no verdict on ${nouns} of ${paths}: ${reason}`, width)
  })
}

/** What is undecided, and what would decide the nearest of it. */
function undecidedLine(record: RunRecord, width: number): string[] {
  const open = openOf(record).filter(({ withheld }) => withheld === undefined)
  if (open.length === 0) return []
  const times = open.flatMap((one) => timeToDecideS(one, record) ?? []).toSorted((one, other) => one - other)
  const nouns = [...new Set(open.map(({ metric }) => shortNoun(metric)))].join(', ')
  const what = `undecided: ${open.length} of ${comparedCount(record)}`
  // Most of those that time can decide, not the hardest of them.
  const half = Math.floor(times.length / 2)
  const advice =
    times[half] === undefined
      ? 'a longer run would hardly decide'
      : `--max-time ${times[half]}s would likely decide ${half + 1}`
  const long = `${what} (${nouns}); ${advice}`
  return ['', textWidth(long) <= width ? long : `${what}; ${advice}`]
}

/** How many comparisons of candidates there are. */
const comparedCount = (record: RunRecord): string =>
  formatCount(
    measuredPaths(record, 'candidate').reduce(
      (sum, { name }) => sum + headlineComparisonsOf(record, name).length,
      0,
    ),
  )

/** Codes of warnings by what is most to be minded; those that lines above tell are left out. */
const warningOrder = [
  'partial',
  'out-of-time',
  'steal',
  'one-cpu',
  'send-error',
  'loss',
  'no-control',
  'control-not-equivalent',
]
const toldAbove = new Set(['path-invalid', 'path-skipped'])

/** The one thing to mind most, if anything, and how many there are besides. */
export function warningLine({ warnings }: RunRecord, width: number, stream: NodeJS.WriteStream): string[] {
  const rankOf = (code: string) =>
    warningOrder.includes(code) ? warningOrder.indexOf(code) : warningOrder.length
  const groups = [...Map.groupBy(warnings, ({ code }) => code).values()]
    .filter(([first]) => first !== undefined && !toldAbove.has(first.code))
    .toSorted(([one], [other]) => rankOf(one?.code ?? '') - rankOf(other?.code ?? ''))
  const [first, ...others] = groups
  if (first === undefined) return []
  const text = briefWarning(first)
  // What to do is worth more than how many there are besides.
  const [more = ''] = [` (${others.length} more: --verbose)`, ` (+${others.length})`].filter(
    (one) => others.length > 0 && labelWidth + textWidth(text + one) <= width,
  )
  return [`${styled('yellow', 'warning', stream)}  ${fitted(text, width - labelWidth - more.length)}${more}`]
}

/** Of `warning` and two blanks. */
const labelWidth = 9

/** What to do about a warning, behind what is so, which goes up to the first colon or semicolon of its message. */
const advice: Readonly<Record<string, string>> = {
  'out-of-time': 'give it more by --max-time',
  steal: 'measure on a quieter host',
  'one-cpu': 'give them two by --cpus',
  'memory-not-locked': 'raise `ulimit -l`',
}

/** Warnings of one code, in few words. */
function briefWarning(alike: RunRecord['warnings']): string {
  const [{ code, message } = { code: '', message: '' }] = alike
  if (code === 'control-not-equivalent')
    return `noisy control in ${alike.length === 1 ? 'one metric' : `${alike.length} metrics`}: run longer, or on a quieter machine`
  const todo = advice[code]
  return todo === undefined ? message : `${message.replace(/[:;].*/s, '')}: ${todo}`
}
