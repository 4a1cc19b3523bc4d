/** What a figure is called where it has to be told from all others, from run to run. */
import type { RunRecord } from '../record/record.ts'
import type { Figure } from './figures.ts'
import type { Validity } from './validity.ts'

/** `redirect-vs-stack/redirect/rttNs.p50`; a ratio has `.ratio` behind it, as in a gate. */
export const figureName = ({ scenario }: RunRecord, { path, metric, baseline }: Figure): string =>
  `${scenario}/${path}/${metric}${baseline === undefined ? '' : '.ratio'}`

/** `redirect-vs-stack/redirect/valid`, beside the path's figures. */
export const validityName = (
  { scenario }: RunRecord,
  { path }: Validity,
  word: 'valid' | 'invalid',
): string => `${scenario}/${path}/${word}`
