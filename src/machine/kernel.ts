/** A kernel to be booted: its image, and where what belongs to it is. */

export interface Kernel {
  /** The image, a bzImage. */
  readonly image: string
  /** As `uname -r` has it. */
  readonly release: string
  /** Folders with its modules, the first that has one counts; none where there are none beside it. */
  readonly modules: readonly string[]
  /** The file that says how it was configured, if there is one beside it. */
  readonly config: string | undefined
}

/** Where an image holds its version (Documentation/arch/x86/boot.rst). */
const magicAt = 0x202
const versionAt = 0x20e
const versionBase = 0x200

/** The release of the kernel in an image, as far as it begins with `head`; undefined where it is no bzImage. Pure. */
export function releaseOf(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head)
  if (bytes.length < versionAt + 2 || bytes.toString('latin1', magicAt, magicAt + 4) !== 'HdrS')
    return undefined
  const start = bytes.readUInt16LE(versionAt) + versionBase
  const end = bytes.indexOf(0, start)
  const [release = ''] = bytes.toString('latin1', start, end < 0 ? bytes.length : end).split(' ')
  return release === '' ? undefined : release
}

/**
 * What kernels are called in names of paths: as much of their releases as tells them apart; a number behind it where
 * they are the same. Pure.
 */
export function kernelLabels(releases: readonly string[]): string[] {
  const short = releases.map((release) => /^\d+(\.\d+)*(-rc\d+)?/.exec(release)?.[0] ?? release)
  const labels = areDistinct(short) ? short : areDistinct(releases) ? releases : undefined
  return (labels ?? releases.map((_, index) => `${short[index]}-${index + 1}`)).map((label) =>
    label.replaceAll(/[^\w.+-]/g, '-'),
  )
}

const areDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length
