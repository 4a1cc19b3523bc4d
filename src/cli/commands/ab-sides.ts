/** What `bench ab` compares: two versions of a scenario, or two kernels. */
import { abOnKernels, controlKernel, type KernelSide } from '../../ab/ab-kernels.ts'
import { abScenario, onlyCandidate, type Side, withObject } from '../../ab/ab-scenario.ts'
import { findVersion } from '../../ab/version.ts'
import { theFiles } from '../../across/identity.ts'
import { BenchError } from '../../host/errors.ts'
import type { LabelledKernel } from '../../run/machine-conditions.ts'
import { loadScenario } from '../../scenario/load.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { optional } from '../options/measuring-options.ts'
import type { MeasureInput } from './measure.ts'
import { namedKernels } from './named-kernels.ts'

/** What is compared, as flags name it. */
export interface SideFlags {
  readonly base?: string
  readonly head?: string
  readonly baseKernel?: string
  readonly headKernel?: string
  readonly path?: string
}

/** What is measured, and the scenarios whose files are checked before. */
export interface Sides extends Pick<MeasureInput, 'scenario' | 'asked' | 'kernels'> {
  readonly checked: readonly Scenario[]
}

/** @param file of the scenario, which is called `name` @throws BenchError `usage` */
export async function sidesOf(flags: SideFlags, name: string, file: string): Promise<Sides> {
  const kinds = requireSides(flags)
  const path = flags.path ?? onlyCandidate(loadScenario(file))
  return kinds.of === 'kernels'
    ? await kernelSides(kinds, name, loadScenario(file), path)
    : await versionSides({ ...flags, base: kinds.base }, name, file, path)
}

type Wanted =
  | { readonly of: 'versions'; readonly base: string }
  | { readonly of: 'kernels'; readonly base: string; readonly head: string }

function requireSides({ base, head, baseKernel, headKernel }: SideFlags): Wanted {
  const hasKernels = baseKernel !== undefined || headKernel !== undefined
  const hasVersions = base !== undefined || head !== undefined
  if (hasKernels && hasVersions)
    throw usage(
      'both versions and kernels are named, and a difference could be either’s',
      'give --base and --head, or --base-kernel and --head-kernel',
    )
  if (baseKernel !== undefined && headKernel !== undefined)
    return { of: 'kernels', base: baseKernel, head: headKernel }
  if (hasKernels)
    throw usage(
      `there is no ${baseKernel === undefined ? 'older kernel' : 'newer kernel'}`,
      `name it with ${baseKernel === undefined ? '--base-kernel' : '--head-kernel'}: both are in virtual machines`,
    )
  if (base !== undefined) return { of: 'versions', base }
  throw usage(
    'there is no older version',
    'name it with --base, or two kernels with --base-kernel and --head-kernel',
  )
}

const usage = (why: string, hint: string): BenchError =>
  new BenchError(`Could not compare: ${why}`, { trouble: 'usage', hint })

async function kernelSides(
  { base, head }: { readonly base: string; readonly head: string },
  name: string,
  whole: Scenario,
  path: string,
): Promise<Sides> {
  const [older, newer] = await namedKernels([base, head])
  if (older === undefined || newer === undefined) throw new Error('a kernel was found, and is not there')
  return {
    scenario: abOnKernels(whole, sideWords(older, base), sideWords(newer, head), path),
    kernels: [older, newer, { label: controlKernel, kernel: older.kernel }],
    asked: { command: 'ab', scenario: name, kernels: [base, head], ...optional('path', path) },
    checked: [onlyPath(whole, path)],
  }
}

/** `6.12.9-amd64 (./bzImage)`. */
const sideWords = ({ label, kernel: { release } }: LabelledKernel, text: string): KernelSide => ({
  label,
  words: `kernel ${release}${text === release ? '' : ` (${text})`}`,
})

async function versionSides(
  flags: SideFlags & { readonly base: string },
  name: string,
  file: string,
  path: string,
): Promise<Sides> {
  const base = await sideOf(flags.base, file, path)
  const head =
    flags.head === undefined
      ? { scenario: loadScenario(file), label: theFiles }
      : await sideOf(flags.head, file, path)
  const versions = { base: flags.base, ...optional('head', flags.head), ...optional('path', flags.path) }
  return {
    scenario: abScenario(base, head, path),
    asked: { command: 'ab', scenario: name, versions },
    checked: [base, head].map(({ scenario }) => onlyPath(scenario, path)),
  }
}

const onlyPath = (scenario: Scenario, name: string): Scenario => ({
  ...scenario,
  paths: scenario.paths.filter((path) => path.name === name),
})

async function sideOf(text: string, file: string, path: string): Promise<Side> {
  const version = await findVersion(text, file)
  return version.kind === 'object'
    ? { scenario: withObject(loadScenario(file), path, version.object), label: version.label }
    : { scenario: loadScenario(version.file), label: version.label }
}
