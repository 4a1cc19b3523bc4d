/** Tables as CSV (RFC 4180), their lines ended as Unix does. */

/** What a field may hold: nothing makes it empty. */
export type Field = string | number | boolean | null | undefined

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const textOf = (field: Field): string => (typeof field === 'string' ? quoted(field) : String(field ?? ''))

/** A table without a heading. */
export const csvText = (rows: readonly (readonly Field[])[]): string =>
  rows.map((fields) => `${fields.map(textOf).join(',')}\n`).join('')

/** A table whose heading names its columns; what a row has beside them is left out. */
export const csvOf = (columns: readonly string[], rows: readonly Readonly<Record<string, Field>>[]): string =>
  csvText([columns, ...rows.map((row) => columns.map((column) => row[column]))])
