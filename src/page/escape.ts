/** HTML that is safe to emit: whatever is put into it is escaped unless it is itself `Html`. */

const trustedBrand: unique symbol = Symbol('html')

export interface Html {
  readonly [trustedBrand]: string
}

export type Fragment = Html | string | number | undefined | readonly Fragment[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control characters other than tab and newline: a parse error in HTML, and never meant. */
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** `text` for use between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(controlCharacters, '�').replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** Marks a string as HTML already: for the output of a renderer that escapes by itself. */
export const trusted = (html: string): Html => ({ [trustedBrand]: html })

/** The HTML as a string. */
export const toText = (fragment: Fragment): string => {
  if (fragment === undefined) return ''
  if (typeof fragment === 'string') return escapeHtml(fragment)
  if (typeof fragment === 'number') return String(fragment)
  return trustedBrand in fragment ? fragment[trustedBrand] : fragment.map(toText).join('')
}

/** Template tag: literal parts are HTML, values are escaped; `undefined` is nothing, arrays are joined. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Fragment[]): Html =>
  trusted(String.raw({ raw: parts }, ...values.map(toText)))
