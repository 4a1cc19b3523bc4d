/** The bytes of a section of a 64-bit little-endian ELF file, such as a BPF object of this machine. */
import { endianness } from 'node:os'

/** @throws Error if there is none of that name */
export function sectionOf(object: Buffer, name: string): Buffer {
  const isLittle = endianness() === 'LE'
  const half = (at: number) => (isLittle ? object.readUInt16LE(at) : object.readUInt16BE(at))
  const word = (at: number) => (isLittle ? object.readUInt32LE(at) : object.readUInt32BE(at))
  const long = (at: number) => Number(isLittle ? object.readBigUInt64LE(at) : object.readBigUInt64BE(at))
  // Elf64_Ehdr and Elf64_Shdr of elf.h.
  const headers = Array.from({ length: half(60) }, (_, index) => long(40) + index * half(58))
  const contents = (header: number) =>
    object.subarray(long(header + 24), long(header + 24) + long(header + 32))
  const names = contents(headers[half(62)]!)
  const nameOf = (header: number) => {
    const at = word(header)
    return names.toString('latin1', at, names.indexOf(0, at))
  }
  const found = headers.find((header) => nameOf(header) === name)
  if (found === undefined) throw new Error(`no section ${name}`)
  return contents(found)
}
