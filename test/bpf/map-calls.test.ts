import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { asRoot } from '../netns/as-root.ts'
import { loadPrograms, pins } from './sandboxed-program.ts'

const sources = readdirSync(join(import.meta.dirname, '..', '..', 'bpf'))
  .filter((file) => file.endsWith('.bpf.c'))
  .map((file) => basename(file, '.bpf.c'))
  // No path is measured with these: what looks at another program, and what follows packets, is untimed.
  .filter((name) => !['witness', 'trace', 'trace-program'].includes(name))

for (const name of sources)
  asRoot(
    `the kernel calls maps of ${name} directly, as it does where one map alone can be meant`,
    async (t) => {
      const programs = await loadPrograms(name, [])
      try {
        const dump = `for pin in ${pins}/*; do bpftool prog dump xlated pinned "$pin"; done`
        const [text = ''] = await programs.sandbox.run([
          { command: ['sh', '-ec', dump], what: `read ${name}` },
        ])
        t.regex(text, /exit/)
        // Calls of a map's own functions have other names: __htab_map_lookup_elem, trie_lookup_elem.
        t.deepEqual(text.match(/call bpf_map_(lookup|update|delete)_elem\b/g) ?? [], [])
      } finally {
        await programs.close()
      }
    },
  )
