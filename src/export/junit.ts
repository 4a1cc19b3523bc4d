/**
 * JUnit XML: a suite, and a test case for everything that the run can be held to. Written so that both Ant's
 * strict schema and Jenkins' (which differ) take it: elements in order, every attribute that one of them wants.
 */
import type { RunRecord } from '../record/record.ts'
import { type Check, type CheckState, checksOf } from './checks.ts'
import type { Selection } from './figures.ts'
import { escapeXml, xmlAttributes } from './xml.ts'

/** `failure` is what a regression shows as, `error` a run that is broken; what nobody can say yet is skipped. */
const elements: Readonly<Record<CheckState, string | undefined>> = {
  passed: undefined,
  failed: 'failure',
  broken: 'error',
  undecided: 'skipped',
  skipped: 'skipped',
}

export function junit(record: RunRecord, selection: Selection, gateChecks: readonly Check[]): string {
  const checks = checksOf(record, selection, gateChecks)
  const count = (...states: readonly CheckState[]) =>
    checks.filter(({ state }) => states.includes(state)).length
  const suite = {
    name: record.scenario,
    package: 'pathbench',
    id: 0,
    // Both want the time without its zone; it is UTC.
    timestamp: record.startedAt.slice(0, 'yyyy-mm-ddThh:mm:ss'.length),
    hostname: 'localhost',
    tests: checks.length,
    failures: count('failed'),
    errors: count('broken'),
    skipped: count('undecided', 'skipped'),
    time: seconds(Date.parse(record.finishedAt) - Date.parse(record.startedAt)),
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite${xmlAttributes(suite)}>`,
    '    <properties>',
    ...Object.entries(properties(record)).map(
      ([name, value]) => `      <property${xmlAttributes({ name, value })}/>`,
    ),
    '    </properties>',
    ...checks.map((check) => `    ${testCase(record, check)}`),
    `    <system-out>${escapeXml(checks.map(({ message }) => `${message}.`).join('\n'))}</system-out>`,
    `    <system-err>${escapeXml(record.warnings.map(({ message }) => message).join('\n'))}</system-err>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

const properties = ({ runId, title, command, environment }: RunRecord): Record<string, string> => ({
  run: runId,
  title,
  command,
  kernel: environment.kernel,
  cpu: environment.cpuModel,
})

const classNames = {
  run: [],
  gate: ['gates'],
} as const

function testCase({ scenario }: RunRecord, { subject, name, state, message }: Check): string {
  const part = subject.kind === 'path' ? [subject.path] : classNames[subject.kind]
  // A case of its own takes no time: the trials of all of them are one run.
  const open = `<testcase${xmlAttributes({ classname: [scenario, ...part].join('.'), name, time: 0 })}`
  const element = elements[state]
  if (element === undefined) return `${open}/>`
  const attributes = xmlAttributes({ message, type: state })
  return `${open}><${element}${attributes}>${escapeXml(message)}</${element}></testcase>`
}

const seconds = (milliseconds: number): string => (Math.max(0, milliseconds) / 1000).toFixed(3)
