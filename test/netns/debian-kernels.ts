/** Debian's kernels for virtual machines, as the package sources of this machine have them. */
import { execa } from 'execa'
import { BenchError } from '../../src/host/errors.ts'
import { findKernel } from '../../src/machine/find-kernel.ts'

/** On Debian 12 6.1 and 6.12; where there is but one, that is the other, too. */
const [usual, newer] = ['linux-image-cloud-amd64', 'linux-image-6.12-cloud-amd64'] as const

/** Names of packages with an older and a newer kernel, fetched and unpacked. */
export async function debianKernels(): Promise<readonly [older: string, newer: string]> {
  if (!(await isFetched(usual))) {
    // Lists that are not there, or are out of date.
    await execa('apt-get', ['update'], { reject: false })
    await findKernel(usual)
  }
  return [usual, (await isFetched(newer)) ? newer : usual]
}

async function isFetched(name: string): Promise<boolean> {
  try {
    await findKernel(name)
    return true
  } catch (error) {
    if (error instanceof BenchError) return false
    throw error
  }
}
