/** A fleet as JSON. Pure. */
import { kernelRelease } from '../across/identity.ts'
import type { ComparedFleet } from './compared.ts'
import { figureSentence, headlineOf } from './words.ts'

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
        name,
        role,
        status,
        reason: why ?? null,
      })) ?? [],
  })),
  figures: compared.figures.map(({ causes, ...figure }) => ({
    ...figure,
    causes: causes.map(({ what }) => what),
    sentence: figureSentence(
      figure.apart.length === 0 ? { ...figure, causes: [] } : { ...figure, causes },
      compared.margin,
    ),
  })),
  factors: compared.factors,
  caveats: compared.caveats,
})
