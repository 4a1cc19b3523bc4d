import { Ajv2020 } from 'ajv/dist/2020.js'
import test from 'ava'
import { searchText } from '../../src/cli/terminal/search-text.ts'
import { searchCsv, trialsCsv } from '../../src/keep/rate-csv.ts'
import { capacityRatio } from '../../src/record/capacity.ts'
import { searchJsonSchema } from '../../src/record/json-schema.ts'
import { searchSchema } from '../../src/record/search.ts'
import { searchJson } from '../../src/search/json.ts'
import { renderSearch } from '../../src/search/page.ts'
import { searchSentences } from '../../src/search/sentences.ts'
import { madeUpSearch, taking } from './made-up-search.ts'

const search = madeUpSearch({
  stack: taking(400_000, 'notOffered'),
  redirect: taking(440_000, 'atSocket'),
  control: taking(400_500, 'notOffered'),
  floor: taking(700_000, 'notOffered'),
})
const ratioOf = (path: string) =>
  capacityRatio(
    search,
    search.results.find((result) => result.path === path && result.goal === 'ndr')!,
  )

test('a path is set against the baseline by what both take, and by what their bounds leave open', (t) => {
  const { estimate, low, high } = ratioOf('redirect')!
  t.true(low < 1.1 && 1.1 < high && low < estimate && estimate < high)
  t.true(high - low < 4 * 0.005 * 1.1)
  t.is(ratioOf('stack'), undefined)
})

test('who lost what was lost at the upper bound is told: the path, the receiver, or the generator', (t) => {
  const by = (path: string) => search.results.find((result) => result.path === path)!.limits!.by
  t.deepEqual(['stack', 'redirect', 'floor'].map(by), ['path', 'receiver', 'generator'])
  const sentences = searchSentences(search)
  t.regex(
    sentences.find((sentence) => sentence.startsWith('stack'))!,
    /what the path takes is the rate at which it can be flooded \(of what was lost at the upper bound: 100 % not sent in time\)/,
  )
  t.regex(
    sentences.find((sentence) => sentence.startsWith('redirect'))!,
    /whose socket was full/,
  )
  t.true(
    sentences.some((sentence) =>
      sentence.startsWith('packets got lost while delays were measured: stack 0.5 % at 90 %; redirect'),
    ),
  )
})

test('packets that get lost on the way are the path’s, and a busy machine is named as such', (t) => {
  const { results } = madeUpSearch({
    stack: taking(300_000, 'onPath'),
    redirect: (rate, packets) => ({ ...taking(300_000, 'notOffered')(rate, packets), preempted: 300 }),
    floor: taking(700_000, 'notOffered'),
  })
  t.like(results.find(({ path }) => path === 'stack')!.limits, { by: 'path' })
  t.like(results.find(({ path }) => path === 'redirect')!.limits, { by: 'generator' })
  t.regex(results.find(({ path }) => path === 'redirect')!.limits!.why, /other processes took its CPU/)
})

test('the summary fits the terminal, and has a row for each path and goal', (t) => {
  const lines = searchText(search, 80).split('\n')
  t.deepEqual(
    lines.filter((line) => line.length > 80),
    [],
  )
  t.true(
    lines.some((line) => /^redirect {2}ndr {3}\d{3} kpps {2}[\d.]+ to [\d.]+ {2}\+\d+\.\d % \(\+/.test(line)),
    lines.join('\n'),
  )
  t.true(lines.includes('ndr: no loss in at least 50 % of 21 trials of 1 s, to within 0.5 %'))
})

test('results without both bounds are irregular, in table and words', (t) => {
  const early = madeUpSearch(
    {
      stack: taking(400_000, 'onPath'),
      redirect: () => ({ loss: { notOffered: 0, atSocket: 0, onPath: 0 } }),
    },
    20,
  )
  const text = searchText(early, 80)
  t.regex(text, /stack +ndr .* !/)
  t.regex(text, /^stack: irregular \(!\), as the search ended before/m)
  t.regex(text, /^redirect: irregular \(!\), as the highest rate that was asked for is taken/m)
  t.is(capacityRatio(early, early.results.at(-1)!), undefined)
})

test('the record, its JSON and its page hold what was found', (t) => {
  t.deepEqual(searchSchema.parse(JSON.parse(JSON.stringify(search))), search)
  const json = JSON.parse(JSON.stringify(searchJson(search))) as {
    results: { ratioToBaseline: unknown }[]
    trials: number
  }
  t.is(json.trials, search.trials.length)
  t.not(json.results[2]!.ratioToBaseline, null)
  const page = renderSearch(search)
  t.regex(page, /<h2>Capacity<\/h2>/)
  t.regex(page, /RFC 9971/)
  for (const { name } of search.paths) t.true(page.includes(`Trials on ${name}, by load`))
})

test('search.csv has a row for every path and goal, trials.csv one for every trial, all with the same columns', (t) => {
  const [results, trials] = [searchCsv(search), trialsCsv(search)].map((csv) =>
    csv
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',')),
  )
  t.is(results!.length, 1 + search.results.length)
  t.is(trials!.length, 1 + search.trials.length)
  for (const [head, ...rows] of [results!, trials!]) for (const row of rows) t.is(row.length, head!.length)
  const ofRedirect = Object.fromEntries(
    results![0]!.map((name, place) => [name, results!.find((row) => row[1] === 'redirect')![place]]),
  )
  t.like(ofRedirect, { goal: 'ndr', state: 'regular', limitedBy: 'receiver' })
  t.is(Number(ofRedirect.ratio), ratioOf('redirect')!.estimate)
  t.is(trials![1]!.at(-1), 'measured')
})

test('a search follows the schema that `bench schema search` prints', (t) => {
  const isSearch = new Ajv2020({ formats: { 'date-time': true } }).compile(searchJsonSchema())
  isSearch(JSON.parse(JSON.stringify(search)))
  t.deepEqual(isSearch.errors ?? [], [])
})

test('what is irregular for the same reason is said once, and no chart is drawn of nothing', (t) => {
  const device = taking(400_000, 'onPath')
  const early = madeUpSearch({ stack: device, redirect: device, control: device }, 1)
  const unbound = {
    ...early,
    results: early.results.map(({ path, goal, state, why }) => ({ path, goal, state, ...(why && { why }) })),
  }
  const irregular = searchSentences(unbound).filter((sentence) => sentence.includes('irregular'))
  t.is(irregular.length, 1)
  t.regex(irregular[0]!, /^stack, redirect, control: irregular/)
  t.notRegex(renderSearch(unbound), /<h2>Capacity/)
  t.regex(renderSearch(search), /<h2>Capacity/)
})
