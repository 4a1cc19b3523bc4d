/** How numbers are written for programs. */

/** Digits that no interval of a measurement is narrow enough to need more of. */
const significantDigits = 6

/** `value` without the digits that mean nothing. */
export const rounded = (value: number): number => Number(value.toPrecision(significantDigits))
