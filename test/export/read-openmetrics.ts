/**
 * A strict reader of what is used here of OpenMetrics text 1.0
 * (github.com/OpenObservability/OpenMetrics/blob/main/specification/OpenMetrics.md): gauges without timestamps.
 */

export interface MetricFamily {
  readonly name: string
  readonly unit: string | undefined
  readonly help: string
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const escapedText = String.raw`(?:[^"\\\n]|\\[n"\\])*`
const label = `([a-zA-Z_][a-zA-Z0-9_]*)="(${escapedText})"`
const typeLine = new RegExp(`^# TYPE (${name}) gauge$`)
const unitLine = new RegExp(`^# UNIT (${name}) ([a-zA-Z0-9_]+)$`)
const helpLine = new RegExp(`^# HELP (${name}) (${escapedText})$`)
const sampleLine = new RegExp(
  String.raw`^(${name})\{((?:${label}(?:,(?!\})|(?=\})))*)\} (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$`,
)

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))

/** @throws Error naming the line */
export function readOpenMetrics(text: string): MetricFamily[] {
  if (!text.endsWith('# EOF\n')) throw new Error('no # EOF at the end')
  const families = new Map<string, MetricFamily & { samples: MetricFamily['samples'][number][] }>()
  const seen = new Set<string>()
  let family: MetricFamily & { samples: MetricFamily['samples'][number][] } = unnamed
  for (const [index, line] of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1).entries()) {
    const fail = (what: string): never => {
      throw new Error(`line ${index + 1}: ${what}: ${line}`)
    }
    const type = typeLine.exec(line)
    const unit = unitLine.exec(line)
    const help = helpLine.exec(line)
    const sample = sampleLine.exec(line)
    if (type !== null) {
      // A family that is told twice was interleaved with another.
      if (families.has(type[1]!)) fail('a family told twice')
      family = { name: type[1]!, unit: undefined, help: '', samples: [] }
      families.set(family.name, family)
    } else if (unit !== null) {
      if (unit[1] !== family.name || !family.name.endsWith(`_${unit[2]!}`)) fail("not the family's unit")
      family = { ...family, unit: unit[2]! }
      families.set(family.name, family)
    } else if (help !== null) {
      if (help[1] !== family.name || family.samples.length > 0) fail("not the family's help")
      family = { ...family, help: unescaped(help[2]!) }
      families.set(family.name, family)
    } else if (sample !== null) {
      if (sample[1] !== family.name) fail('a sample of another family')
      if (seen.has(`${sample[1]!}{${sample[2]!}}`)) fail('a sample told twice')
      seen.add(`${sample[1]!}{${sample[2]!}}`)
      family.samples.push({ labels: labelsOf(sample[2]!), value: Number(sample.at(-1)) })
    } else fail('not OpenMetrics')
  }
  return [...families.values()]
}

const unnamed = { name: '', unit: undefined, help: '', samples: [] }

const labelsOf = (list: string): Record<string, string> =>
  Object.fromEntries(
    [...list.matchAll(new RegExp(label, 'g'))].map(([, key, value]) => [key!, unescaped(value!)]),
  )
