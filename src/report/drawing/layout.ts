/** Lays a path's topology out from client (top) to server (bottom), with the ways of packets through it. */
import type { PathRecord } from '../../record/record.ts'
import type { PathStyle } from '../view/path-style.ts'
import type { TableView } from '../../page/table-view.ts'
import { chainLayout } from './chain-layout.ts'
import { segmentLayout, type Layout } from './segment-layout.ts'
import { switchNamespaces } from './segments.ts'
import { wayFinding, wayTable } from './way-words.ts'

export interface TopologyView extends Layout {
  readonly style: PathStyle
  readonly inWords: string
  readonly table: TableView
}

const layoutOf = (path: PathRecord): Layout =>
  switchNamespaces(path).size > 0 || path.returnWay ? segmentLayout(path) : chainLayout(path)

/** A drawing for each path that was planned far enough to have namespaces. */
export const topologyViews = (paths: readonly PathRecord[], styles: readonly PathStyle[]): TopologyView[] =>
  paths.flatMap((path) => {
    const style = styles.find(({ name }) => name === path.name)
    return style && path.topology.namespaces.length > 0
      ? [{ ...layoutOf(path), style, inWords: wayFinding(path), table: wayTable(path) }]
      : []
  })
