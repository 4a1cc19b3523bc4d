import { join } from 'node:path'
import test from 'ava'
import { namedKernels } from '../../src/cli/commands/named-kernels.ts'
import { BenchError, describeError } from '../../src/host/errors.ts'
import { imageIn } from '../../src/machine/debian-package.ts'
import { findKernel } from '../../src/machine/find-kernel.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { imageOf, write } from './made-up-kernel.ts'

/** What a user reads where no kernel is found. */
async function complaint(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof BenchError) return describeError(error)
    throw error
  }
  throw new Error('a kernel was found')
}

test('a kernel is meant by its image: what belongs to it is beside that', async (t) => {
  const folder = temporaryFolder(t)
  const image = join(folder, 'boot', 'vmlinuz-6.1.0-54-amd64')
  write(image, imageOf('6.1.0-54-amd64'))
  write(join(folder, 'boot', 'config-6.1.0-54-amd64'), 'CONFIG_VETH=m\n')
  write(join(folder, 'lib', 'modules', '6.1.0-54-amd64', 'modules.builtin'), '')
  const kernel = {
    image,
    release: '6.1.0-54-amd64',
    modules: [join(folder, 'lib', 'modules', '6.1.0-54-amd64')],
    config: join(folder, 'boot', 'config-6.1.0-54-amd64'),
  }
  t.deepEqual(await findKernel(image), kernel)
  t.deepEqual(await findKernel(folder), kernel, 'or by the folder that a package was unpacked in')
})

test('an image alone is a kernel without modules, of whose options nothing is known', async (t) => {
  const image = join(temporaryFolder(t), 'bzImage')
  write(image, imageOf('6.19.0-rc2-mine'))
  t.deepEqual(await findKernel(image), {
    image,
    release: '6.19.0-rc2-mine',
    modules: [],
    config: undefined,
  })
})

test('a tree that a kernel was built in has its image, modules and configuration', async (t) => {
  const tree = temporaryFolder(t)
  const image = join(tree, 'arch', 'x86', 'boot', 'bzImage')
  write(image, imageOf('6.19.0'))
  write(join(tree, '.config'), 'CONFIG_VETH=y\n')
  t.deepEqual(await findKernel(tree), {
    image,
    release: '6.19.0',
    modules: [tree],
    config: join(tree, '.config'),
  })
})

test('a folder without a kernel, and one with two, are told apart', async (t) => {
  const folder = temporaryFolder(t)
  t.is(
    await complaint(findKernel(folder)),
    `Could not find a kernel in ${folder}: neither arch/x86/boot/bzImage nor boot/vmlinuz-…\nHint: build it there: make bzImage modules`,
  )
  for (const release of ['6.1.0', '6.12.0'])
    write(join(folder, 'boot', `vmlinuz-${release}`), imageOf(release))
  t.is(
    await complaint(findKernel(folder)),
    `Could not find a kernel in ${folder}: 2 images in boot/\nHint: name one of them`,
  )
})

test('a file that is no bzImage is refused with what to name', async (t) => {
  const file = join(temporaryFolder(t), 'vmlinux')
  write(file, Buffer.from('\x7fELF', 'latin1'))
  t.regex(
    await complaint(findKernel(file)),
    /^Could not use .*vmlinux as a kernel: it is no bzImage\nHint: .*arch\/x86\/boot\/bzImage/,
  )
})

test('all that is no kernel is told at once, each with what to do', async (t) => {
  const folder = temporaryFolder(t)
  const good = join(folder, 'good')
  write(good, imageOf('6.12.0'))
  const text = await complaint(
    namedKernels(['/no/such/bzImage', good, 'no-such-package-anywhere', '--option']).then(() => undefined),
  )
  t.regex(text, /^Could not use 3 of the kernels\n/)
  t.regex(text, /Could not find kernel \/no\/such\/bzImage\n +name a bzImage, a version in \/boot, /)
  t.regex(
    text,
    /Could not find kernel no-such-package-anywhere: no file, no version in \/boot, and no package/,
  )
  t.regex(text, /Could not find kernel --option\n/)
})

test('two kernels are called by as much of their releases as tells them apart', async (t) => {
  const folder = temporaryFolder(t)
  const [one, other] = ['6.1.0-54-amd64', '6.12.9-amd64'].map((release) => {
    write(join(folder, release), imageOf(release))
    return join(folder, release)
  })
  const labels = async (...names: string[]) => (await namedKernels(names)).map(({ label }) => label)
  t.deepEqual(await labels(one!, other!), ['6.1.0', '6.12.9'])
  t.deepEqual(await labels(one!, one!), ['6.1.0-1', '6.1.0-2'])
})

test('a package that stands for the newest kernel leads to the one that has an image', (t) => {
  const shown = 'Package: linux-image-cloud-amd64\nDepends: linux-image-6.1.0-54-cloud-amd64 (= 6.1.190-1)\n'
  t.is(imageIn('linux-image-cloud-amd64', shown), 'linux-image-6.1.0-54-cloud-amd64')
  const own = 'linux-image-6.12.117+deb12-cloud-amd64'
  t.is(imageIn(own, `Package: ${own}\nDepends: kmod, linux-base (>= 4.3~)\n`), own)
  t.is(imageIn('linux-image-none', 'N: Unable to locate package linux-image-none\n'), undefined)
})
