/** Finds the kernel that a user means: an image, an installed version, a folder, a tree, a package. */
import { closeSync, existsSync, openSync, readSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BenchError } from '../host/errors.ts'
import { kernelOfPackage, unpackedPackage } from './debian-package.ts'
import { type Kernel, releaseOf } from './kernel.ts'
import { lookAtNamed } from '../host/named-place.ts'

/**
 * The kernel that a word means.
 *
 * @param text a bzImage; a version that is installed, as in 6.12.9-amd64; a folder with boot/ and lib/modules/; a folder in which
 * a kernel was built; a .deb; or the name of a Debian package
 * @throws BenchError `usage` if it is none of these
 */
export async function findKernel(text: string): Promise<Kernel> {
  const there = lookAtNamed(text, 'kernel')
  if (there?.isDirectory()) return inFolder(resolve(text))
  if (there?.isFile() && text.endsWith('.deb')) return inFolder(await unpackedPackage(resolve(text)))
  if (there?.isFile()) return ofImage(resolve(text))
  const installed = join('/boot', `vmlinuz-${text}`)
  if (existsSync(installed)) return ofImage(installed)
  if (isPackageName(text)) return inFolder(await kernelOfPackage(text))
  throw new BenchError(`Could not find kernel ${text}`, {
    trouble: 'usage',
    hint: `name a bzImage, a version in /boot, a folder with boot/ and lib/modules/ or one in which a kernel was built, a .deb, or a Debian package as in linux-image-cloud-amd64`,
  })
}

/** Debian Policy, 5.6.7. */
const isPackageName = (text: string): boolean => /^[a-z0-9][a-z0-9+.-]+$/.test(text)

/** Where kernels are built for machines of this kind. */
const builtImage = 'arch/x86/boot/bzImage'

function inFolder(folder: string): Kernel {
  if (existsSync(join(folder, builtImage))) return ofTree(folder)
  const boot = join(folder, 'boot')
  const images = existsSync(boot) ? readdirSync(boot).filter((name) => name.startsWith('vmlinuz')) : []
  const [image] = images
  if (image !== undefined && images.length === 1) return ofImage(join(boot, image))
  throw new BenchError(
    `Could not find a kernel in ${folder}: ${image === undefined ? `neither ${builtImage} nor boot/vmlinuz-…` : `${images.length} images in boot/`}`,
    {
      trouble: 'usage',
      hint: image === undefined ? 'build it there: make bzImage modules' : 'name one of them',
    },
  )
}

function ofTree(folder: string): Kernel {
  const image = join(folder, builtImage)
  const config = join(folder, '.config')
  // What `vng --build` gathers is all in the tree, too.
  return {
    image,
    release: requireRelease(image),
    modules: [folder],
    config: existsSync(config) ? config : undefined,
  }
}

function ofImage(image: string): Kernel {
  const release = requireRelease(image)
  const folder = dirname(image)
  const places = [join(folder, '..'), folder, '/', '/usr'].map((root) => join(root, 'lib/modules', release))
  const modules = places.find((place) => existsSync(place))
  const configs = [join(folder, `config-${release}`), join(folder, '.config'), `/boot/config-${release}`]
  return {
    image,
    release,
    modules: modules === undefined ? [] : [modules],
    config: configs.find((file) => existsSync(file)),
  }
}

/** So much of an image holds its version: what comes first is the code that unpacks it. */
const headBytes = 1 << 16

function requireRelease(image: string): string {
  const head = Buffer.alloc(headBytes)
  const file = openSync(image, 'r')
  const length = readSync(file, head)
  closeSync(file)
  const release = releaseOf(head.subarray(0, length))
  if (release !== undefined) return release
  throw new BenchError(`Could not use ${image} as a kernel: it is no bzImage`, {
    trouble: 'usage',
    hint: 'an uncompressed vmlinux will not do: name arch/x86/boot/bzImage, or /boot/vmlinuz-…',
  })
}
