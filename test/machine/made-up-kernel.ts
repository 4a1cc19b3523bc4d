/** What looks like a kernel, as far as it is read before it is booted. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The head of a bzImage (Documentation/arch/x86/boot.rst): its magic, and where its version is. */
export function imageOf(version: string): Buffer {
  const image = Buffer.alloc(0x1000)
  image.write('HdrS', 0x202, 'latin1')
  image.writeUInt16LE(0x600, 0x20e)
  image.write(`${version} (someone@somewhere) #1 SMP`, 0x800, 'latin1')
  return image
}

export function write(file: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, contents)
}

/** A module that says what it depends on, and no more. */
export const moduleText = (depends: string): Buffer =>
  Buffer.from(`\x7fELF license=GPL\0depends=${depends}\0name=x\0`, 'latin1')
