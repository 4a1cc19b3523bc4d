/** Which options of the kernel parts of scenarios want, and which it lacks. Pure. */
import type { KernelConfig } from '../../host/kernel-config.ts'
import type { Need } from '../../parts/needs/need.ts'
import { textTable } from './text-table.ts'

/** One capability with the options that it wants and the kernel has not. */
export interface LackingOptions {
  readonly name: string
  readonly why: string
  readonly options: readonly string[]
}

/** Those that lack some. What a need wants, its remedy names. */
export const lackingOptions = (
  needs: readonly Pick<Need, 'name' | 'why' | 'remedy'>[],
  { options: there }: Pick<KernelConfig, 'options'>,
): LackingOptions[] =>
  needs
    .map(({ name, why, remedy }) => ({
      name,
      why,
      options: (remedy.match(/CONFIG_\w+/g) ?? []).filter((option) => !there.has(option)),
    }))
    .filter(({ options }) => options.length > 0)

/** A table of them, and where that is from. */
export function kernelConfigText(lacking: readonly LackingOptions[], file: string): string {
  if (lacking.length === 0) return `This kernel has every option that a part of a scenario wants (${file})`
  const table = textTable(
    ['', 'what for', 'the kernel lacks'].map((title) => ({ title, align: 'left' })),
    lacking.map(({ name, why, options }) => [name, why, options.join(', ')]),
  )
  return `${table}\n\nBy ${file}, this kernel is built without them, not even as modules: paths that need them are skipped`
}
