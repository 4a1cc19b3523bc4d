/** BTF of the object that pathbench comes with, as bpftool dumped it, without what no test looks at. */
import { readFileSync } from 'node:fs'
import { btfOf, type BtfType } from '../../src/datapath/btf.ts'

const dump = JSON.parse(readFileSync(new URL('redirect.btf.json', import.meta.url), 'utf8')) as {
  types: BtfType[]
}

export const redirectBtf = btfOf(dump.types)
