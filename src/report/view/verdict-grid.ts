/** All verdicts at a glance: headline metrics down, compared paths across. */
import type { Finding, PathFindings } from './verdicts.ts'

export interface VerdictGrid {
  readonly paths: readonly string[]
  readonly rows: readonly {
    readonly noun: string
    /** By path; undefined where it was not compared. */
    readonly cells: readonly (Finding | undefined)[]
  }[]
}

/** Undefined for a single candidate, whose sentences are as short. */
export const verdictGrid = (
  candidates: readonly PathFindings[],
  controls: readonly PathFindings[],
): VerdictGrid | undefined => {
  if (candidates.length < 2) return undefined
  const compared = [...candidates, ...controls]
  const metrics = new Map(
    compared.flatMap(({ findings }) => findings.map(({ metric, noun }) => [metric, noun])),
  )
  return {
    paths: compared.map(({ path }) => path),
    rows: [...metrics].map(([metric, noun]) => ({
      noun,
      cells: compared.map(({ findings }) => findings.find((finding) => finding.metric === metric)),
    })),
  }
}
