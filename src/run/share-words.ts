/** A share in words. */

/** `2.5 %`. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
