/** Kernels out of Debian's packages: fetched and unpacked, never installed. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { keptFolder } from '../host/kept-folder.ts'
import { BenchError } from '../host/errors.ts'
import { runTool, tryTool } from '../host/tool.ts'
import { finishPart, partOf, removePart } from '../host/unfinished.ts'

/** Where packages are fetched to and unpacked. */
const packagesFolder = (): string => keptFolder('kernels', 'kernels')

/**
 * The folder with the kernel of a package, fetched from the package sources of this machine if need be.
 *
 * @param name of a package with an image, or of one that stands for the newest: linux-image-cloud-amd64
 * @throws BenchError `usage` where there is none, `machine` where it cannot be fetched
 */
export async function kernelOfPackage(name: string): Promise<string> {
  const image = await imagePackage(name)
  const known = unpackedAs(image)
  if (known !== undefined) return known
  const fetched = partOf(join(packagesFolder(), `${image}.deb`))
  try {
    mkdirSync(fetched)
    await runTool({
      command: [
        'sh',
        '-c',
        'cd "$1" && apt-get download -o APT::Sandbox::User=root "$2"',
        'sh',
        fetched,
        image,
      ],
      what: `fetch kernel ${image}`,
    })
    const [file] = readdirSync(fetched).filter((entry) => entry.endsWith('.deb'))
    if (file === undefined) throw new Error(`apt-get download fetched nothing for ${image}`)
    return await unpack(join(fetched, file), image)
  } finally {
    removePart(fetched)
  }
}

/** The package that has the image: what `name` depends on, where it has none itself. */
async function imagePackage(name: string): Promise<string> {
  const shown = await tryTool(['apt-cache', 'show', '--no-all-versions', name])
  const found = imageIn(name, shown.stdout)
  if (found !== undefined) return found
  throw new BenchError(`Could not find kernel ${name}: no file, no version in /boot, and no package`, {
    trouble: 'usage',
    details: shown.stderr,
    hint: '`apt-cache search linux-image` lists packages, once `apt-get update` has run',
  })
}

/** The same, from what `apt-cache show` says of a package; undefined where there is no such package. Pure. */
export const imageIn = (name: string, shown: string): string | undefined =>
  /^Package: /m.test(shown)
    ? (/^Depends: .*?\b(linux-image-\d[\w.+-]*)/m.exec(shown)?.[1] ?? name)
    : undefined

function unpackedAs(name: string): string | undefined {
  const folder = join(packagesFolder(), name)
  return existsSync(folder) ? folder : undefined
}

/** The folder with what a .deb holds. */
export async function unpackedPackage(file: string): Promise<string> {
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)
  return unpackedAs(digest) ?? (await unpack(file, digest))
}

async function unpack(file: string, name: string): Promise<string> {
  const folder = join(packagesFolder(), name)
  const part = partOf(folder)
  try {
    mkdirSync(part)
    await runTool({ command: ['dpkg-deb', '-x', file, part], what: `unpack ${file}` })
    // Another may have done the same meanwhile.
    if (!existsSync(folder)) finishPart(part, folder)
    return folder
  } finally {
    removePart(part)
  }
}
