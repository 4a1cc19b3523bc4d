/** BTF of the object that pathbench comes with, as bpftool dumped it, without what no test looks at. */
import { readFileSync } from 'node:fs'
import { btfOf } from '../../src/datapath/btf.ts'
import type { BtfType } from '../../src/datapath/btf-type.ts'

const dump = JSON.parse(readFileSync(new URL('redirect.btf.json', import.meta.url), 'utf8')) as {
  types: BtfType[]
}

export const redirectBtf = btfOf(dump.types)

/** Types of the key and the value of its map. */
const { key, value } = redirectBtf.maps.get('services')!
export const serviceTypes = { key: key!, value: value! }
