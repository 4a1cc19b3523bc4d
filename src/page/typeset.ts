/** Typography of running text. */
import { shownSteps } from '../parts/metrics/units.ts'

const unitNames = shownSteps.map(({ name }) => name).join('|')

const numberAndUnit = new RegExp(`(\\d) (?=(?:${unitNames})(?![\\p{Letter}/]))`, 'gu')

const confidence = /(\d\u00a0%:) /g

/** Keeps a number and its unit on one line, and an interval's confidence with its first number. */
export const typeset = (sentence: string): string =>
  sentence.replace(numberAndUnit, '$1\u00a0').replace(confidence, '$1\u00a0')
