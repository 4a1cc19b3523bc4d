/** Mutations of texts, drawn from a seed: what a careless hand, a cut-off copy or a foe makes of a file. */
import { randomSource } from '../../src/stats/random.ts'

/** Words that files are known to have broken on. */
const odd = [
  '__proto__',
  'constructor',
  'toString',
  '../../x',
  'null',
  '[]',
  '{}',
  '-1',
  '1e999',
  '.nan',
  '""',
  '"\\u001b]0;x\\u0007"',
  '*a',
  '&a',
  '!!set {a}',
  '<<: *a',
  '%',
  '\u0000',
  '\u202e',
  'é'.repeat(20),
  'x'.repeat(300),
  '['.repeat(120),
  '- - - -',
  '? [a]\n: b',
  '---\n',
  '\t',
  '🦊',
]

type Mutation = (text: string, random: () => number) => string

const at = (length: number, random: () => number): number => Math.floor(random() * (length + 1))

/** Swaps, cuts, doublings and odd words: of characters, of lines, and of values. */
const mutations: readonly Mutation[] = [
  (text, random) => text.slice(0, at(text.length, random)),
  (text, random) => {
    const place = at(text.length, random)
    return text.slice(0, place) + text.slice(place + 1 + at(20, random))
  },
  (text, random) => {
    const place = at(text.length, random)
    return text.slice(0, place) + odd[at(odd.length - 1, random)]! + text.slice(place)
  },
  (text, random) => {
    const lines = text.split('\n')
    const place = at(lines.length - 1, random)
    return lines.toSpliced(place, 1).join('\n')
  },
  (text, random) => {
    const lines = text.split('\n')
    const [from, to] = [at(lines.length - 1, random), at(lines.length - 1, random)]
    return lines.toSpliced(to, 0, lines[from]!).join('\n')
  },
  (text, random) => {
    const values = [...text.matchAll(/[\w@./-]+/g)]
    const one = values[at(values.length - 1, random)]
    if (one === undefined) return text
    const other =
      random() < 0.5 ? odd[at(odd.length - 1, random)]! : values[at(values.length - 1, random)]![0]
    return text.slice(0, one.index) + other + text.slice(one.index + one[0].length)
  },
]

/** `text` with one to four mutations. */
export function mutated(text: string, seed: number): string {
  const random = randomSource(seed)
  let result = text
  for (let left = 1 + at(3, random); left > 0; left -= 1)
    result = mutations[at(mutations.length - 1, random)]!(result, random)
  return result
}

/** Every value of a piece of JSON, in order, by the way to it. */
function waysInto(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [way]
  return [way, ...Object.entries(value).flatMap(([key, inner]) => waysInto(inner, [...way, key]))]
}

const oddValues: readonly unknown[] = [
  null,
  -1,
  0,
  1e308,
  '',
  'x'.repeat(300),
  '../../x',
  '\u001b]0;x\u0007',
  '<script>',
  '__proto__',
  [],
  {},
  true,
  [[]],
]

/** A copy of a JSON value in which one to three values are gone or odd. */
export function mutatedValue(value: unknown, seed: number): unknown {
  const random = randomSource(seed)
  const copy = structuredClone(value)
  const ways = waysInto(copy).slice(1)
  for (let left = 1 + at(2, random); left > 0; left -= 1) {
    const way = ways[at(ways.length - 1, random)]!
    const holder = way
      .slice(0, -1)
      .reduce<unknown>((inner, step) => (inner as Record<string, unknown> | null | undefined)?.[step], copy)
    if (typeof holder !== 'object' || holder === null) continue
    const key = way.at(-1)!
    if (random() < 0.3 && !Array.isArray(holder)) Reflect.deleteProperty(holder, key)
    else Reflect.set(holder, key, oddValues[at(oddValues.length - 1, random)])
  }
  return copy
}
