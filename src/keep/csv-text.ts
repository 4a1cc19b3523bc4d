/** Tables as CSV (RFC 4180), their lines ended as Unix does. */
import { stringify } from 'csv-stringify/sync'

/** What a field may hold: nothing makes it empty. */
export type Field = string | number | boolean | null | undefined

// Else true is written as 1, and false as nothing.
const cast = { boolean: String }

/** A table without a heading. */
export const csvText = (rows: readonly (readonly Field[])[]): string => stringify([...rows], { cast })

/** A table whose heading names its columns; what a row has beside them is left out. */
export const csvOf = (columns: readonly string[], rows: readonly Readonly<Record<string, Field>>[]): string =>
  stringify([...rows], { header: true, columns: [...columns], cast })
