/** How a path looks in every chart and drawing: a colour and a dash by its role. */
import type { ColourName } from '../../page/palette.ts'
import type { PathRecord } from '../../record/record.ts'

export interface PathStyle {
  readonly name: string
  /** The name in tables and legends: with what the path lost, if anything. */
  readonly label: string
  readonly role: PathRecord['role']
  readonly title: string
  readonly colour: ColourName
  /** Lengths of dash and gap; empty for a solid line. */
  readonly dash: readonly number[]
}

const candidateColours = [
  'candidate1',
  'candidate2',
  'candidate3',
  'candidate4',
  'candidate5',
  'candidate6',
] as const
const roleDashes = { baseline: [], control: [5, 3], floor: [1.5, 2.5] } as const

/**
 * A style for each path, in the order of the record. Candidates beyond the number of colours all have one: their
 * charts name each where it is drawn.
 *
 * @param labelOf what tables and legends call a path
 */
export const pathStyles = (
  paths: readonly Pick<PathRecord, 'name' | 'role' | 'title'>[],
  labelOf: (name: string) => string = (name) => name,
): PathStyle[] => {
  const candidates = paths.filter(({ role }) => role === 'candidate')
  const isBeyond = candidates.length > candidateColours.length
  return paths.map((path) => {
    const { name, role, title } = path
    const label = labelOf(name)
    if (role !== 'candidate') return { name, label, role, title, colour: role, dash: roleDashes[role] }
    const colour = candidateColours[isBeyond ? 0 : candidates.indexOf(path)] ?? 'candidate1'
    return { name, label, role, title, colour, dash: [] }
  })
}
