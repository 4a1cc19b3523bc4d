/** What the ends of a path are called, which send and answer. Pure. */
import type { Scenario } from '../scenario/scenario.ts'

// No path has a name with capitals.
export const sharedEnds = 'SHARED'

/** Those of paths that share their namespaces are the same. */
export const endsOf = (place: Scenario['place'], path: string): string =>
  place === 'existing' ? sharedEnds : path
