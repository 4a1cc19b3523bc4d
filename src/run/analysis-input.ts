/** What an analysis is of. */
import type { TcpRepairs } from '../datapath/tcp-repairs.ts'
import type { TrialName } from '../parts/loads/trial-name.ts'
import type { Role } from '../scenario/schema.ts'
import type { ProgramCosts } from './program-costs.ts'
import type { Measured } from './values.ts'

/** A path that was measured and whose proof holds. */
export interface AnalysedPath {
  readonly name: string
  readonly role: Role
  /** The path that it is held against, where that is not the baseline. */
  readonly against?: string
  /** What its scenario lets it lose. */
  readonly allows?: { readonly lossRatio?: number | undefined } | undefined
  /** What the kernel counted of TCP on it. */
  readonly repairs?: TcpRepairs | undefined
  /** The kernel that it is on, where that is not this machine's. */
  readonly kernel?: string | undefined
}

export interface AnalysisInput {
  readonly measured: Measured
  readonly paths: readonly AnalysedPath[]
  /** The trials of its blocks. */
  readonly trials: readonly TrialName[]
  /** By round. */
  readonly programCosts: readonly ProgramCosts[]
  /** The requested margin, as a ratio. */
  readonly margin: number
  readonly seed: number
  /** Whether times are those of a program that plays a processor. */
  readonly isEmulated?: boolean
}

/** The path with this role, if it was measured. */
export const pathWithRole = ({ paths }: Pick<AnalysisInput, 'paths'>, role: Role): AnalysedPath | undefined =>
  paths.find((path) => path.role === role)
