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

const candidateColours = ['candidate1', 'candidate2', 'candidate3', 'candidate4'] as const
const laterDashes: readonly (readonly number[])[] = [[], [10, 3], [4, 2, 1, 2]]
const roleDashes = { baseline: [], control: [5, 3], floor: [1.5, 2.5] } as const

/**
 * A style for each path, in the order of the record; the fifth candidate repeats a colour with a dash.
 *
 * @param labelOf what tables and legends call a path
 */
export const pathStyles = (
  paths: readonly PathRecord[],
  labelOf: (name: string) => string = (name) => name,
): PathStyle[] => {
  const candidates = paths.filter(({ role }) => role === 'candidate')
  return paths.map((path) => {
    const { name, role, title } = path
    const label = labelOf(name)
    if (role !== 'candidate') return { name, label, role, title, colour: role, dash: roleDashes[role] }
    const index = candidates.indexOf(path)
    const colour = candidateColours[index % candidateColours.length] ?? 'candidate1'
    const dash = laterDashes[Math.floor(index / candidateColours.length) % laterDashes.length] ?? []
    return { name, label, role, title, colour, dash }
  })
}
