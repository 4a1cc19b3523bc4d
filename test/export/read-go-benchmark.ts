/**
 * A strict reader of the Go benchmark format (golang.org/design/14313-benchmark-format, and for `Unit` lines
 * the documentation of golang.org/x/perf/benchfmt): whatever benchstat would pass over or complain of is an
 * error here, but for comment lines.
 */

export interface GoBenchmarks {
  readonly configuration: Readonly<Record<string, string>>
  readonly better: Readonly<Record<string, string>>
  readonly results: readonly GoResult[]
}

export interface GoResult {
  readonly name: string
  readonly iterations: number
  /** By unit, as benchstat keeps them: `ns` in a unit becomes `sec`, unless it is what something is divided by. */
  readonly values: Readonly<Record<string, number>>
}

/** @throws Error naming the line */
export function readGoBenchmark(text: string): GoBenchmarks {
  const configuration: Record<string, string> = {}
  const better: Record<string, string> = {}
  const results: GoResult[] = []
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  for (const [index, line] of text.slice(0, -1).split('\n').entries()) {
    const fail = (what: string): never => {
      throw new Error(`line ${index + 1}: ${what}: ${line}`)
    }
    const setting = /^(\p{Ll}[^\s\p{Lu}:]*):[ \t]+(\S.*)$/u.exec(line)
    if (line.startsWith('# ')) continue
    if (line.startsWith('Benchmark')) results.push(resultOf(line, fail))
    else if (line.startsWith('Unit ')) {
      const [, unit = '', pair = '', assumed = 'assume=exact', ...rest] = line.split(/\s+/)
      const direction = /^better=(higher|lower)$/.exec(pair)?.[1]
      const tidy = tidyUnit(unit).name
      if (direction === undefined || assumed !== 'assume=exact' || rest.length > 0) fail('not a unit')
      else if (better[tidy] !== undefined) fail('a unit told twice')
      else better[tidy] = direction
    } else if (setting !== null) configuration[setting[1]!] = setting[2]!
    else fail('nothing that benchstat reads')
  }
  return { configuration, better, results }
}

function resultOf(line: string, fail: (what: string) => never): GoResult {
  const [name = '', iterations = '', ...fields] = line.split(/\s+/)
  if (!/^Benchmark\P{Ll}\S*$/u.test(name)) fail('not a name')
  if (!/^[1-9]\d*$/.test(iterations)) fail('not a count of iterations')
  if (fields.length === 0 || fields.length % 2 === 1) fail('not pairs of value and unit')
  const values: Record<string, number> = {}
  for (let place = 0; place < fields.length; place += 2) {
    const [value = '', unit = ''] = fields.slice(place)
    const tidy = tidyUnit(unit)
    if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(value)) fail(`not a number: ${value}`)
    if (tidy.name in values) fail(`${unit} twice`)
    values[tidy.name] = Number(value) * tidy.factor
  }
  return { name: name.slice('Benchmark'.length), iterations: Number(iterations), values }
}

/** Parts of a unit are divided by `/` and joined by `-` or `*`. */
function tidyUnit(unit: string): { name: string; factor: number } {
  const [above = '', ...below] = unit.split('/')
  const parts = above.split('-')
  const factor = parts.includes('ns') ? 1e-9 : 1
  return { name: [parts.map((part) => (part === 'ns' ? 'sec' : part)).join('-'), ...below].join('/'), factor }
}
