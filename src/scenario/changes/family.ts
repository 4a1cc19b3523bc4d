/** A scenario's text as `--family` changes it. Pure. */
import { parseDocument } from 'yaml'
import { BenchError } from '../../host/errors.ts'
import type { Family } from '../../parts/ip-address.ts'
import { changeFamily } from '../families.ts'
import type { Scenario } from '../scenario.ts'
import { withoutAliases } from './without-aliases.ts'

/**
 * The text of a scenario over a family of addresses; its own where it is of that.
 *
 * @throws BenchError `usage` where the scenario does not say how
 */
export function sourceOfFamily(
  { name, source, family: own, families }: Pick<Scenario, 'name' | 'source' | 'family' | 'families'>,
  family: Family,
): string {
  if (family === own) return source
  const changes = families?.[family]
  if (changes === undefined)
    throw new BenchError(
      `Could not use --family ${family}: scenario ${name} is of IPv${own}, and does not say what it is over IPv${family}`,
      {
        trouble: 'usage',
        hint: `give it a section "families: { ${family}: { replace: { 10.0.0.1: 'fd00::1' } } }": docs/scenario.md has an example`,
      },
    )
  const document = withoutAliases(parseDocument(source))
  changeFamily(document, changes, `ipv${family}`)
  return document.toString({ lineWidth: 0 })
}

/** That what `families` makes of a scenario is of the family. @throws BenchError `usage` where it is not */
export function requireFamily({ name, family }: Pick<Scenario, 'name' | 'family'>, wanted: Family): void {
  if (family === wanted) return
  throw new BenchError(
    `Could not use --family ${wanted}: with its changes, scenario ${name} has a server with an address of IPv${family}`,
    { trouble: 'usage', hint: `let families.${wanted} replace that address` },
  )
}
