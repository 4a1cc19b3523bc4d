/** Paths as reports draw them. */
import test from 'ava'
import type { PathRecord } from '../../src/record/record.ts'
import { topologyViews, type TopologyView } from '../../src/report/drawing/layout.ts'
import { pathStyles } from '../../src/report/view/path-style.ts'

/** The path of a record by its name. */
export const pathIn =
  (paths: readonly PathRecord[]) =>
  (name: string): PathRecord => {
    const path = paths.find((each) => each.name === name)
    if (!path) throw new Error(`No path ${name}`)
    return path
  }

/** How a path is drawn alone. */
export const drawn = (path: PathRecord): TopologyView => {
  const [view] = topologyViews([path], pathStyles([path]))
  if (!view) throw new Error('Nothing was drawn')
  return view
}

export const partsStayApart = test.macro((t, paths: readonly PathRecord[]) => {
  for (const path of paths)
    for (const { box, devices, programs, stack } of drawn(path).stations) {
      const parts = [...devices.map((each) => each.box), ...programs.map((each) => each.box), stack]
      for (const part of parts) {
        t.true(part.x >= box.x && part.x + part.width <= box.x + box.width)
        t.true(part.y >= box.y && part.y + part.height <= box.y + box.height)
        for (const other of parts)
          t.true(part === other || part.y + part.height <= other.y || other.y + other.height <= part.y)
      }
    }
})
