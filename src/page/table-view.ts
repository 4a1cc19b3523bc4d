/** A table as data: what stands behind every chart, and what is shown as a table itself. */

export interface Column {
  readonly title: string
  readonly isNumeric: boolean
}

export interface TableView {
  readonly caption: string
  readonly columns: readonly Column[]
  /** Cells as text, as many in each row as there are columns; the first names the row. */
  readonly rows: readonly (readonly string[])[]
}

export const textColumn = (title: string): Column => ({ title, isNumeric: false })
export const numberColumn = (title: string): Column => ({ title, isNumeric: true })
