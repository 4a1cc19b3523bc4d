/** From how many paths on a page is made for many: one that is read by its tables, not by its colours. */
import type { RunRecord } from '../../record/record.ts'

const manyPaths = 8

export const hasManyPaths = ({ paths }: RunRecord): boolean => paths.length >= manyPaths
