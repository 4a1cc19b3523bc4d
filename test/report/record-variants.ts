/** The made-up run with one thing different. */
import { metrics } from '../../src/record/metrics.ts'
import type { Delivery, PathRecord, RunRecord } from '../../src/record/record.ts'
import { balancedRecord } from './balanced-record.ts'
import { sampleRecord } from './sample-record.ts'

const withoutPath = (record: RunRecord, name: string): RunRecord => ({
  ...record,
  estimates: record.estimates.filter(({ path }) => path !== name),
  comparisons: record.comparisons.filter(({ path }) => path !== name),
  trials: record.trials.filter(({ path }) => path !== name),
  derived: {
    routerCost: record.derived.routerCost.filter(({ path }) => path !== name),
    floodLimit: record.derived.floodLimit.filter(({ path }) => path !== name),
  },
})

const withPath = (record: RunRecord, name: string, changes: Partial<PathRecord>): RunRecord => ({
  ...record,
  paths: record.paths.map((path) => (path.name === name ? { ...path, ...changes } : path)),
})

export const partialRecord = (): RunRecord => ({ ...sampleRecord(), complete: false })

/** The redirect path skipped before anything was built for it. */
export const skippedRecord = (): RunRecord =>
  withPath(withoutPath(sampleRecord(), 'redirect'), 'redirect', {
    status: 'skipped',
    reason: 'This kernel has no cls_bpf.',
    topology: { namespaces: [], links: [] },
    way: [],
    proof: [],
    distributions: [],
  })

/** The redirect path measured, but its packets were forwarded by the stack after all. */
export const invalidRecord = (): RunRecord => {
  const record = sampleRecord()
  const comparisons = record.comparisons.filter(({ path }) => path !== 'redirect')
  return withPath({ ...record, comparisons }, 'redirect', {
    status: 'invalid',
    reason: 'netns-2 forwarded 1.000 packets per delivered packet, and 0 were expected.',
    proof: [
      {
        what: 'netns-2 Ip.ForwDatagrams per delivered packet',
        expected: '0',
        observed: '1.000',
        holds: false,
      },
    ],
  })
}

export const floorlessRecord = (): RunRecord => {
  const record = withoutPath(sampleRecord(), 'floor')
  return {
    ...record,
    paths: record.paths.filter(({ name }) => name !== 'floor'),
    derived: { ...record.derived, routerCost: [] },
  }
}

/** The control came out 2.1 % faster in throughput, and that became the margin. */
export const noisyRecord = (): RunRecord => {
  const record = sampleRecord()
  return {
    ...record,
    comparisons: record.comparisons.map((comparison) =>
      comparison.path === 'control' && comparison.metric === 'throughputPps'
        ? {
            ...comparison,
            ratio: { ...comparison.ratio, estimate: 1.021, low: 1.017, high: 1.025 },
            verdict: 'faster' as const,
          }
        : { ...comparison, margin: 0.025 },
    ),
  }
}

/** Both ends' counts of a path under the three UDP loads, without a fault but those given. */
export const deliveryWith = (faults: Partial<Record<Delivery['kind'], Partial<Delivery>>>): Delivery[] =>
  (['flood', 'pingpong', 'paced', ...(faults.http ? (['http'] as const) : [])] as const).map((kind) => ({
    kind,
    sent: 100_000,
    received: 100_000,
    lost: 0,
    corrupted: 0,
    duplicated: 0,
    misdirected: 0,
    reordered: 0,
    ...faults[kind],
  }))

/** The redirect path loses 0.8 % of the flood's packets, of 1 % that the scenario allows. */
export const lossyRecord = (): RunRecord =>
  withPath(sampleRecord(), 'redirect', {
    delivery: deliveryWith({ flood: { received: 99_200, lost: 800 } }),
    allows: { lossRatio: 0.01 },
  })

/** The redirect path counts as measured, and its floods delivered nothing, so that two figures are missing. */
export const undeliveredRecord = (): RunRecord => {
  const record = sampleRecord()
  const isThere = ({ path, metric }: { path: string; metric: string }): boolean =>
    path !== 'redirect' || (metric !== 'throughputPps' && metric !== 'costNs')
  return withPath(
    {
      ...record,
      estimates: record.estimates.filter(isThere),
      comparisons: record.comparisons.filter(isThere),
    },
    'redirect',
    { delivery: deliveryWith({ flood: { received: 0, lost: 100_000 } }) },
  )
}

/** The invalid record, with where its packets went. */
export const diagnosedRecord = (): RunRecord =>
  withPath(invalidRecord(), 'redirect', {
    reason: 'netns-3 received none of 3,200 packets.',
    diagnosis: [
      'netns-2 veth1@2 received 3,200 frames',
      'netns-3 veth2@2 received none',
      'likely: no XDP program at the veth peer of veth2@1',
    ],
  })

/** Identity of what was measured, as newer records have it. */
export const identifiedRecord = (): RunRecord => {
  const record = sampleRecord()
  const [program] = record.paths.find(({ name }) => name === 'redirect')?.programs ?? []
  return {
    ...withPath(record, 'redirect', {
      programs: program ? [{ ...program, tag: '3b185187f1855c4c', objectSha256: 'ab'.repeat(32) }] : [],
    }),
    subject: { scenarioSha256: 'cd'.repeat(32), git: { commit: '0123456789abcdef0123', isDirty: true } },
  }
}

/** Ping-pong and paced trials only. */
export const floodlessRecord = (): RunRecord => {
  const record = sampleRecord()
  const flood = new Set(metrics.filter(({ load }) => load === 'flood').map(({ name }) => name))
  return {
    ...record,
    estimates: record.estimates.filter(({ metric }) => !flood.has(metric)),
    comparisons: record.comparisons.filter(({ metric }) => !flood.has(metric)),
    trials: record.trials.filter(({ kind }) => kind !== 'flood'),
    derived: { routerCost: [], floodLimit: [] },
  }
}

/** One measured block: points without intervals. */
export const singleBlockRecord = (): RunRecord => {
  const record = sampleRecord()
  const isFirst = ({ round, block }: { round: number; block: number }): boolean => round === 0 && block === 1
  const bare = { low: null, high: null, n: 1 }
  return {
    ...record,
    blocks: record.blocks.filter(isFirst).map((block) => ({ ...block, stealShare: null })),
    trials: record.trials.filter(isFirst),
    estimates: record.estimates.map((estimate) => ({ ...estimate, ...bare })),
    comparisons: record.comparisons.map((comparison) => ({
      ...comparison,
      ratio: { ...comparison.ratio, ...bare },
      pValue: null,
      adjustedPValue: null,
      verdict: 'inconclusive' as const,
    })),
    derived: { ...record.derived, routerCost: [] },
  }
}

/** A thousand blocks, as a run with a precision asked for may have. */
export const longRecord = (): RunRecord => {
  const record = sampleRecord()
  const shifts = Array.from({ length: 12 }, (_, index) => index * 10)
  const shifted = <T extends { round: number }>(items: readonly T[]): T[] =>
    shifts.flatMap((shift) => items.map((item) => ({ ...item, round: item.round + shift })))
  return { ...record, blocks: shifted(record.blocks), trials: shifted(record.trials) }
}

/** The sample with a candidate of each of these names, all like its own. */
export const candidatesRecord = (names: readonly string[]): RunRecord => {
  const record = sampleRecord()
  const forEach = <T extends { path: string }>(items: readonly T[]): T[] =>
    items.flatMap((item) => (item.path === 'redirect' ? names.map((path) => ({ ...item, path })) : [item]))
  return {
    ...record,
    paths: record.paths.flatMap((path) =>
      path.name === 'redirect' ? names.map((name) => ({ ...path, name })) : [path],
    ),
    estimates: forEach(record.estimates),
    comparisons: forEach(record.comparisons),
    trials: forEach(record.trials),
    derived: {
      routerCost: forEach(record.derived.routerCost),
      floodLimit: forEach(record.derived.floodLimit),
    },
  }
}

/** The baseline by itself, beside its control. */
export const aloneRecord = (): RunRecord => candidatesRecord([])

/** Eight paths. */
export const crowdedRecord = (): RunRecord =>
  candidatesRecord(['redirect', 'redirect-peer', 'redirect-neigh', 'xdp-generic', 'xdp-native'])

export const hostileName = `<script>alert("1")</script>'&${'x'.repeat(300)}`

/** Every text of the record is an attempt to break out of its place. */
export const hostileRecord = (): RunRecord => {
  const names = new Map(['redirect', 'stack'].map((name) => [name, `${name}${hostileName}`]))
  const replaced = JSON.stringify(sampleRecord(), (key, value: unknown) => {
    if (typeof value !== 'string') return value
    if (['path', 'baseline', 'name'].includes(key)) return names.get(value) ?? value
    const isText = ['title', 'what', 'why', 'message', 'reason', 'scenario', 'command', 'device'].includes(
      key,
    )
    return isText ? hostileName : value
  })
  return JSON.parse(replaced) as RunRecord
}

export const variants: Readonly<Record<string, () => RunRecord>> = {
  'a complete run': sampleRecord,
  'a partial run': partialRecord,
  'a run with a skipped path': skippedRecord,
  'a run with an invalid path': invalidRecord,
  'a run with a path that loses by permission': lossyRecord,
  'a run with a path that delivers nothing': undeliveredRecord,
  'a run with a diagnosed path': diagnosedRecord,
  'a run of which it is known what was measured': identifiedRecord,
  'a run of a path by itself': aloneRecord,
  'a run without a floor': floorlessRecord,
  'a run whose control differs': noisyRecord,
  'a run without floods': floodlessRecord,
  'a run of a single block': singleBlockRecord,
  'a run of a thousand blocks': longRecord,
  'a run of eight paths': crowdedRecord,
  'a run with hostile texts': hostileRecord,
  'a run of load balancers': balancedRecord,
}
