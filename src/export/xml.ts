/** XML 1.0 text. */
import { stripVTControlCharacters } from 'node:util'
import { escapeHtml } from '../page/escape.ts'

/** `text` as content or between quotes in an attribute, where a newline that is meant has to be a reference. */
export const escapeXml = (text: string): string =>
  escapeHtml(stripVTControlCharacters(text).toWellFormed())
    .replaceAll(/[\ufffe\uffff]/g, '�')
    .replaceAll('\n', '&#10;')

/** A start tag's attributes, each with a blank before it. */
export const xmlAttributes = (attributes: Readonly<Record<string, string | number>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')
