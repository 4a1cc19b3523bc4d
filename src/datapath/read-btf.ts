/** Reads the BTF of an object file, through `bpftool btf dump`. */
import { endianness } from 'node:os'
import { basename } from 'node:path'
import { z } from 'zod'
import { BenchError } from '../host/errors.ts'
import { parseAnswer, toolError, tryTool } from '../host/tool.ts'
import { type Btf, btfOf } from './btf.ts'
import { typeSchema } from './btf-type.ts'

const dumpSchema = z.object({ types: z.array(typeSchema) })

/**
 * Reads the BTF of an object file.
 *
 * @param contents the file's bytes
 * @throws BenchError `failed` if it is no BPF object, or has no BTF; `machine` if bpftool is missing
 */
export async function readBtf(object: string, contents: Uint8Array): Promise<Btf> {
  requireBpfObject(object, contents)
  const what = `read the types of ${object}`
  const result = await tryTool(['bpftool', '-j', 'btf', 'dump', 'file', object])
  if (result.state === 'done')
    return btfOf(parseAnswer(withWholeNumbers(result.stdout), 'bpftool', what, dumpSchema).types)
  if (result.exitCode === 127) throw toolError(result, 'bpftool', what)
  throw new BenchError(`Could not ${what}: it has no BTF, or none that can be read`, {
    trouble: 'failed',
    hint: `compile it with -g (clang -O2 -g -target bpf …), and strip it by llvm-strip -g alone; or name its source, ${basename(object).replace(/\.o$/, '.c')}`,
    cause: result.cause,
  })
}

/** The values of enumerators as texts: of 64 bits, they are beyond what a number of JavaScript's holds. */
const withWholeNumbers = (json: string): string => json.replace(/("val":\s*)(-?\d+)/g, '$1"$2"')

/** The machine BPF in an ELF header, EM_BPF (include/uapi/linux/elf-em.h). */
const bpfMachine = 247

function requireBpfObject(object: string, contents: Uint8Array): void {
  const bytes = Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength)
  const isElf = bytes.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1')) && bytes.length >= 20
  // Byte 5 is the byte order: 1 for little-endian; the machine is at 18.
  const order = bytes[5] === 1 ? 'LE' : 'BE'
  const machine = isElf ? (order === 'LE' ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18)) : undefined
  if (machine === bpfMachine && order !== endianness())
    throw new BenchError(`Could not read ${object}: it is for machines of the other byte order`, {
      trouble: 'failed',
      hint: 'compile it with clang -O2 -g -target bpf -c, which takes the order of the machine that it runs on, or name its source',
    })
  if (machine === bpfMachine) return
  const is = bytes.length === 0 ? 'it is empty' : isElf ? 'it is for another machine' : 'it is no ELF file'
  throw new BenchError(`Could not read ${object}: it is not a BPF object (${is})`, {
    trouble: 'failed',
    hint: 'compile it with clang -O2 -g -target bpf -c, or name its source',
  })
}
