/** The parts of a scenario file in the order in which they are explained, each with an example. */
import { fileSections } from './file-sections.ts'
import { gateSections } from './gate-sections.ts'
import { loadSections } from './load-sections.ts'
import { pathSections } from './path-sections.ts'
import type { Section } from './section.ts'
import { topologySections } from './topology-sections.ts'

export const sections: readonly Section[] = [
  ...fileSections,
  ...topologySections,
  ...loadSections,
  ...pathSections,
  ...gateSections,
]
