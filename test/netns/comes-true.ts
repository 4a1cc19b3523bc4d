/** Waits for what the kernel or another process brings about. */
import { setTimeout } from 'node:timers/promises'

/** Looks again and again, up to some 20 s, or as long as is said. @returns whether it came true */
export async function comesTrue(isTrue: () => boolean | Promise<boolean>, limitS = 20): Promise<boolean> {
  for (let look = 0; look < limitS * 25; look += 1) {
    if (await isTrue()) return true
    await setTimeout(40)
  }
  return false
}
