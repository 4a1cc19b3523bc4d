/** A fleet as JSON. Pure. */
import { kernelRelease } from '../across/identity.ts'
import type { ComparedFleet } from './compared.ts'
import { effectSentences, figureSentence, headlineOf } from './words.ts'

/** What `--json` prints. */
export const fleetJson = (compared: ComparedFleet) => ({
  schemaVersion: 1,
  fleet: compared.name,
  scenario: compared.scenario,
  margin: compared.margin,
  headline: headlineOf(compared),
  hosts: compared.hosts.map(({ host, state, reason, record }) => ({
    ...{ host, state, reason: reason ?? null },
    runId: record?.runId ?? null,
    kernel: record === undefined ? null : kernelRelease(record),
    environment: record?.environment ?? null,
    paths:
      record?.paths.map(({ name, role, status, reason: why }) => ({
        ...{ name, role, status },
        reason: why ?? null,
      })) ?? [],
  })),
  figures: compared.figures.map((figure) => ({
    ...figure,
    effects: figure.effects.map(({ split, ...effect }) => ({
      ...effect,
      factors: split.factors.map(({ what }) => what),
    })),
    sentence: figureSentence(figure) ?? null,
  })),
  effects: effectSentences(compared),
  factors: compared.factors,
  caveats: compared.caveats,
})
