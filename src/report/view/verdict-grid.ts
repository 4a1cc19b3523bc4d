/** All verdicts at a glance: headline metrics down, compared paths across. */
import type { RunRecord } from '../../record/record.ts'
import type { Finding, PathFindings } from './verdicts.ts'
import { heldAgainst, heldApart } from './yardstick.ts'

export interface VerdictGrid {
  readonly caption: string
  readonly paths: readonly { readonly name: string; readonly against: string | undefined }[]
  readonly rows: readonly {
    readonly noun: string
    /** By path; undefined where it was not compared. */
    readonly cells: readonly (Finding | undefined)[]
  }[]
}

/** Undefined for a single candidate, whose sentences are as short. */
export const verdictGrid = (
  record: RunRecord,
  candidates: readonly PathFindings[],
  controls: readonly PathFindings[],
): VerdictGrid | undefined => {
  if (candidates.length < 2) return undefined
  const compared = [...candidates, ...controls]
  const metrics = new Map(
    compared.flatMap(({ findings }) => findings.map(({ metric, noun }) => [metric, noun])),
  )
  return {
    caption: `Verdict and change to ${heldApart(record).length > 0 ? 'the baseline, or to what is named' : 'the baseline'}`,
    paths: compared.map(({ path }) => ({ name: path, against: heldAgainst(record, path) })),
    rows: [...metrics].map(([metric, noun]) => ({
      noun,
      cells: compared.map(({ findings }) => findings.find((finding) => finding.metric === metric)),
    })),
  }
}
