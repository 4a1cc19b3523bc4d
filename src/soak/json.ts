/** A soak as `--json` prints it. Pure. */
import type { Soak } from '../record/soak.ts'
import { kernelGrowth, soakedPaths } from './findings.ts'
import { soakSentences } from './sentences.ts'

export function soakJson(soak: Soak): object {
  const { scenarioSource: _source, ...rest } = soak
  return {
    ...rest,
    found: soakedPaths(soak),
    kernelBytesPerHour: kernelGrowth(soak) ?? null,
    sentences: soakSentences(soak),
  }
}
