/** How a scenario is measured over the other family of addresses: words that stand for others, and changes. Pure. */
import { type Document, isMap, isScalar, visit } from 'yaml'
import { z } from 'zod'
import { line } from '../parts/words.ts'
import { isObject, mergePatch } from './merge-patch.ts'
import { ownValue } from './own-value.ts'
import type { FilePath } from './yaml-file.ts'

const familySchema = z.strictObject({
  replace: z
    .record(z.string().min(1), line)
    .default({})
    .describe(
      'Words of the scenario, each with the one that stands for it over this family, wherever it stands: addresses, prefix lengths, counters, sysctls, rules of nftables, prose. Whole words, and numbers; of several that fit, the longest.',
    ),
  rename: z
    .record(z.string().min(1), line)
    .default({})
    .describe('Keys of the scenario file, such as names of maps, each with the one that stands for it.'),
  merge: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Changes after that, as a JSON merge patch (RFC 7386): null takes something away.'),
})

export const familiesSchema = z
  .strictObject({
    4: familySchema.optional().describe('Over IPv4, of a scenario that is written in IPv6.'),
    6: familySchema.optional().describe('Over IPv6, of a scenario that is written in IPv4.'),
  })
  .describe(
    "What `--family` makes of the scenario. Its runs are kept under the scenario's name with -ipv6 (or -ipv4) behind it, unless merge gives it another.",
  )

export type FamilyChanges = z.infer<typeof familySchema>
export type Families = z.infer<typeof familiesSchema>

const isWordly = (character: string | undefined): boolean => /\w/.test(character ?? '')

/** A word does not begin or end within a longer one, be that a number with dots. */
function patternOf(words: readonly string[]): RegExp {
  const alternatives = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => {
      const escaped = word.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
      return `${isWordly(word[0]) ? '(?<![\\w.])' : ''}${escaped}${isWordly(word.at(-1)) ? '(?!\\.?\\w)' : ''}`
    })
  return new RegExp(alternatives.join('|'), 'g')
}

/** `text` with every word replaced, in one go: what was put there is not looked at again. */
export const replacedWords = (text: string, replace: Readonly<Record<string, string>>): string =>
  Object.keys(replace).length === 0
    ? text
    : text.replaceAll(patternOf(Object.keys(replace)), (word) => replace[word] ?? word)

/** A number is replaced as the word that it is written as, such as an MTU; by text where that is none. */
function replacedNumber(number: number, replace: Readonly<Record<string, string>>): number | string {
  const word = replacedWords(String(number), replace)
  return Number.isNaN(Number(word)) ? word : Number(word)
}

/** Changes a scenario's document to another family; its section `families` is gone then. */
export function changeFamily(
  document: Document,
  { replace, rename, merge }: FamilyChanges,
  suffix: string,
): void {
  document.delete('families')
  const name: unknown = document.get('name')
  visit(document, {
    Scalar: (place, node) => {
      if (!isScalar(node)) return
      if (typeof node.value === 'number') node.value = replacedNumber(node.value, replace)
      if (typeof node.value !== 'string') return
      const renamed = place === 'key' ? ownValue(rename, node.value) : undefined
      node.value = renamed ?? replacedWords(node.value, replace)
    },
  })
  document.set('name', `${String(name)}-${suffix}`)
  mergeInto(document, [], merge)
}

/** A JSON merge patch, into a document that keeps its comments. */
function mergeInto(document: Document, at: FilePath, patch: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(patch)) {
    const path = [...at, key]
    if (value === null) document.deleteIn(path)
    else if (isObject(value) && isMap(document.getIn(path, true))) mergeInto(document, path, value)
    else document.setIn(path, document.createNode(mergePatch(undefined, value)))
  }
}
