/** Draws numbers in [0, 1), each a multiple of 2⁻³². */
export type RandomSource = () => number

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits))

/**
 * SplitMix64, which spreads a seed of few bits over a larger generator's state, as the authors
 * of xoshiro advise.
 *
 * Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA.
 */
export const splitMix64 = (seed: bigint): (() => bigint) => {
  let state = BigInt.asUintN(64, seed)
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    let word = state
    word = BigInt.asUintN(64, (word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n)
    word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d049bb133111ebn)
    return word ^ (word >> 31n)
  }
}

/**
 * xoshiro128** 1.1 from a state of four 32-bit words, which must not all be zero.
 *
 * Source: Blackman, Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4).
 */
export const xoshiro128 = (state: readonly [number, number, number, number]): (() => number) => {
  let [a, b, c, d] = state
  return () => {
    const word = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return word
  }
}

/**
 * A generator that gives the same numbers for the same seed on every machine.
 *
 * @param seed a whole number; up to 2⁵³ every seed gives a sequence of its own
 * @throws RangeError where the seed is not a whole number
 */
export const randomSource = (seed: number): RandomSource => {
  const spread = splitMix64(BigInt(seed))
  const [first, second] = [spread(), spread()]
  const low = (word: bigint) => Number(BigInt.asUintN(32, word))
  const next = xoshiro128([low(first), low(first >> 32n), low(second), low(second >> 32n)])
  return () => next() / 2 ** 32
}

/** The items in random order, every order equally likely (Fisher and Yates; Knuth, TAOCP 3.4.2 P). */
export const shuffled = <Item>(items: readonly Item[], random: RandomSource): Item[] => {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1))
    ;[result[last], result[chosen]] = [result[chosen]!, result[last]!]
  }
  return result
}
