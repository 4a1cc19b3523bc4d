/** Waits for what the kernel or another process brings about. */
import { setTimeout } from 'node:timers/promises'

/** Looks again and again, up to some 20 s. @returns whether it came true */
export async function comesTrue(isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < 500; look += 1) {
    if (await isTrue()) return true
    await setTimeout(40)
  }
  return false
}
