/**
 * OpenMetrics text (openmetrics.io, 1.0): gauges in base units, each family once and together, `# EOF` last.
 * Only gauges and no timestamps, so that readers of Prometheus' older text format, such as node_exporter's
 * textfile collector, take it too.
 */
import { defaultEngine } from '../parts/engines/engines.ts'
import { defaultSink } from '../parts/sinks/sinks.ts'
import { splitFigure } from '../parts/loads/trial-name.ts'
import { otherEngineOf } from '../record/engine.ts'
import { otherSinkOf } from '../record/sink.ts'
import type { RunRecord } from '../record/record.ts'
import { deliveryFaults, deliveryOf, faultRatio } from '../record/delivery.ts'
import { metricNamed } from '../record/metrics.ts'
import { type Figure, figuresOf, type Selection } from './figures.ts'
import { baseUnit } from './base-units.ts'
import { metricBase } from './metric-base.ts'
import { rounded } from './plain-number.ts'
import { validitiesOf } from './validity.ts'

interface Family {
  readonly name: string
  /** Also the end of the name. */
  readonly unit?: string
  readonly help: string
}

interface Sample {
  readonly family: Family
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export function openmetrics(record: RunRecord, selection: Selection): string {
  const samples = [
    ...runSamples(record),
    ...validitySamples(record),
    ...deliverySamples(record),
    ...figuresOf(record, selection).flatMap((figure) => figureSamples(record, figure)),
  ]
  const families = Map.groupBy(samples, ({ family }) => family.name)
  return [...[...families.values()].flatMap(familyLines), '# EOF', ''].join('\n')
}

function familyLines(samples: readonly Sample[]): string[] {
  const [first] = samples
  if (first === undefined) return []
  const { name, unit, help } = first.family
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...samples.map(({ labels, value }) => `${name}{${labelList(labels)}} ${value}`),
  ]
}

const labelList = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value.toWellFormed())}"`)
    .join(',')

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')

/** What is known of the run besides its figures. */
const runSamples = ({
  scenario,
  runId,
  startedAt,
  complete,
  environment,
  settings,
  paths,
}: RunRecord): Sample[] => [
  {
    family: { name: 'pathbench_run_info', help: 'The run that the figures are from.' },
    labels: {
      scenario,
      run_id: runId,
      kernel: environment.kernel,
      cpu: environment.cpuModel,
      engine: otherEngineOf({ settings }) ?? defaultEngine,
      sink: otherSinkOf({ settings }) ?? defaultSink,
      version: environment.tools.pathbench ?? '',
    },
    value: 1,
  },
  {
    family: { name: 'pathbench_run_complete', help: '1 where the run went to its planned end.' },
    labels: { scenario },
    value: complete ? 1 : 0,
  },
  {
    family: {
      name: 'pathbench_run_start_time_seconds',
      unit: 'seconds',
      help: 'When the run began, in seconds since 1970.',
    },
    labels: { scenario },
    value: Date.parse(startedAt) / 1000,
  },
  ...paths.map(({ name, role, status }) => ({
    family: {
      name: 'pathbench_path_info',
      help: 'The paths of the scenario; only those that were measured have figures.',
    },
    labels: { scenario, path: name, role, status },
    value: 1,
  })),
]

/** Of every path but those that this machine cannot do, whatever figures are wanted: an alert needs the 0. */
const validitySamples = (record: RunRecord): Sample[] =>
  validitiesOf(record, { all: true }).map(({ path, role, isValid }) => ({
    family: {
      name: 'pathbench_path_valid',
      help: '1 where the path delivered by the way that it says and has all its figures, 0 where it is invalid or lacks some.',
    },
    labels: { scenario: record.scenario, path, role },
    value: Number(isValid),
  }))

/** Shares in gauges of their own: in a label they would make another series of every run's figures. */
const deliverySamples = (record: RunRecord): Sample[] =>
  deliveryFaults.flatMap((fault) =>
    record.paths.flatMap((path) =>
      deliveryOf(record, path)
        .flatMap((delivery) => {
          const ratio = faultRatio([delivery], fault)
          return ratio === undefined ? [] : [{ delivery, ratio }]
        })
        .map(({ delivery, ratio }) => ({
          family: {
            name: `pathbench_path_${fault}_ratio`,
            unit: 'ratio',
            help:
              fault === 'retransmitted'
                ? 'TCP segments that were sent again, of those sent.'
                : `Packets, in HTTP requests, that were ${fault}, of those sent.`,
          },
          labels: {
            ...{ scenario: record.scenario, path: path.name, role: path.role, load: delivery.kind },
            ...trialLabels(delivery.name),
          },
          value: rounded(ratio),
        })),
    ),
  )

/** Of a trial that has a name: that. */
const trialLabels = (trial: string | undefined) => (trial === undefined ? {} : { trial })

function figureSamples({ scenario }: RunRecord, figure: Figure): Sample[] {
  const { path, role, metric, metricUnit, baseline, value, interval } = figure
  const { unit, factor } = baseUnit(figure.unit)
  const toBaseline = baseline === undefined ? [] : ['to', 'baseline']
  const base = ['pathbench', ...metricBase(metric, metricUnit), ...toBaseline]
  const { plain, trial } = splitFigure(metric)
  const title = `${metricNamed(plain)?.title ?? plain}${baseline === undefined ? '' : ', ratio to the baseline'}`
  const labels = {
    ...{ scenario, path, role },
    ...trialLabels(trial),
    ...(baseline === undefined ? {} : { baseline }),
  }
  const sample = (words: readonly string[], help: string, measured: number): Sample => ({
    family: { name: [...base, ...words, unit].join('_'), unit, help },
    labels,
    value: rounded(measured * factor),
  })
  return [
    sample([], `${title}.`, value),
    ...(interval === undefined
      ? []
      : [
          sample(['low'], `${title}: low end of the 95 % interval.`, interval.low),
          sample(['high'], `${title}: high end of the 95 % interval.`, interval.high),
        ]),
  ]
}
