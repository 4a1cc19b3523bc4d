/** Drawings of topologies, one for all paths that go the same way; in what these differ stands beside it. */
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { topologyViews, type TopologyView } from '../drawing/layout.ts'
import { textColumn, type TableView } from '../../page/table-view.ts'
import { alikeBy, namesOf } from './alike.ts'
import { rulesByPath } from './path-rules.ts'
import type { PathStyle } from './path-style.ts'

export interface TopologyGroup {
  readonly drawing: TopologyView
  /** The paths' names. */
  readonly title: string
  readonly subtitle: string
  /** Programs and rulesets, a row per path; undefined for one path, and for paths that have the same. */
  readonly differences: TableView | undefined
}

/** All that is drawn, but which programs stand at the hooks. */
const wayKey = ({ topology, way, returnWay }: PathRecord): string =>
  JSON.stringify([topology, way, returnWay], (key, value: unknown) => (key === 'program' ? '' : value))

const programsText = ({ programs }: PathRecord): string =>
  [...new Set(programs.map(({ program, hook, device }) => `${program} at ${hook} of ${device}`))].join('; ')

const differencesOf = (
  paths: readonly PathRecord[],
  rules: ReadonlyMap<string, string>,
): TableView | undefined => {
  const rows = paths.map((path) => ({
    name: path.name,
    title: path.title,
    programs: programsText(path),
    rules: rules.get(path.name) ?? '',
  }))
  const hasRules = rows.some((row) => row.rules !== '')
  if (alikeBy(rows, ({ programs, rules: own }) => JSON.stringify([programs, own])).length < 2)
    return undefined
  return {
    caption: 'In what these paths differ',
    columns: ['Path', 'What it is', 'Programs', ...(hasRules ? ['nftables rules'] : [])].map(textColumn),
    rows: rows.map((row) => [
      row.name,
      row.title,
      row.programs || 'none',
      ...(hasRules ? [row.rules || 'none'] : []),
    ]),
  }
}

/** Of paths that were planned far enough to have namespaces, in the order of the record. */
export const topologyGroups = (record: RunRecord, styles: readonly PathStyle[]): TopologyGroup[] => {
  const rules = rulesByPath(record.scenarioSource)
  const planned = record.paths.filter(({ topology }) => topology.namespaces.length > 0)
  return alikeBy(planned, wayKey).flatMap(({ members, first }) =>
    topologyViews([first], styles).map((drawing) => ({
      drawing,
      title: namesOf(
        members.map(({ name }) => name),
        record.paths.length,
      ),
      subtitle: members.length === 1 ? first.title : 'They go the same way.',
      differences: members.length === 1 ? undefined : differencesOf(members, rules),
    })),
  )
}
