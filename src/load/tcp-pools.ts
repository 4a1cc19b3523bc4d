/** The TCP connections that a scenario's trials go over: a pool for each of its trials of TCP. Pure. */
import { loadOf, type LoadTrial, tcpLoadOf } from '../parts/loads/loads.ts'
import type { TcpPool } from '../parts/loads/tcp.ts'
import type { TrialName } from '../parts/loads/trial-name.ts'

/** A scenario's trials of TCP. */
export const tcpTrials = (load: readonly LoadTrial[]): LoadTrial[] =>
  load.filter(({ kind }) => loadOf(kind).driver === 'tcp')

/** Their pools, in this order. */
export const poolsOf = (load: readonly LoadTrial[]): TcpPool[] =>
  tcpTrials(load).map((trial) => tcpLoadOf(trial.kind).pool(trial))

/** The place of a trial's pool among them. */
export const poolOf = (load: readonly LoadTrial[], { kind, name }: TrialName): number =>
  tcpTrials(load).findIndex((trial) => trial.kind === kind && trial.name === name)
