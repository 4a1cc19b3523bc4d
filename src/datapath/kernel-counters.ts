/** Which counters of protocols this kernel has: the same in every namespace. */
import { readIfThere } from '../host/kernel-file.ts'
import { noCounter } from '../parts/proofs/counter-name.ts'
import { scenarioProblem } from '../scenario/load.ts'
import { countersOfRules } from '../parts/proofs/claims.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import type { Issue } from '../scenario/yaml-file.ts'
import { parseCounters } from './counters.ts'

/** Their names, as rules of proof write them. */
export const kernelCounterNames = (): string[] => counterNamesIn(counterFiles.map(readIfThere).join('\n'))

/** Where a kernel has them. */
export const counterFiles = ['snmp', 'netstat', 'snmp6'].map((file) => `/proc/thread-self/net/${file}`)

/** The names in the text of such files. */
export const counterNamesIn = (text: string): string[] => [...parseCounters(text).keys()]

/**
 * Refuses rules of proof that name a counter of a protocol which the kernel does not have.
 *
 * @throws BenchError `usage` with each of them, and which there are
 */
export function requireCounters(
  scenario: Scenario,
  paths: readonly ScenarioPath[],
  known: readonly string[],
): void {
  const issues = unknownCounters(paths, known)
  if (issues.length > 0) throw scenarioProblem(scenario, issues)
}

/** The rules of `paths` that name another counter of a protocol than `known`. */
export const unknownCounters = (paths: readonly ScenarioPath[], known: readonly string[]): Issue[] =>
  paths
    // A control has its rules from the baseline.
    .filter(({ role }) => role !== 'control')
    .flatMap((path) =>
      countersOfRules(path.proof)
        .filter(({ name, text }) => name?.of === 'protocol' && !known.includes(text))
        .map(({ text, index, key }) => ({
          path: ['paths', path.name, 'proof', index, key],
          message: noCounter(text, 'this kernel', known),
        })),
    )
