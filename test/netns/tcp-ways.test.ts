import { asRoot } from './as-root.ts'
import { recordOf, unproven } from './proven.ts'
import { temporaryFolder } from './temporary-folder.ts'

for (const [scenario, more, atLeast] of [
  ['redirect-vs-stack', ['--load', 'tcp'], 4],
  ['dsr-vs-nat', ['--load', 'tcp'], 7],
  ['redirect-family', ['--load', 'tcp'], 14],
  // Those whose rules name a protocol.
  ['redirect-family', ['--load', 'tcp', '--family', '6', '--only', 'stack,nft-fwd,mirred,afxdp'], 5],
  ['overlay-vs-native', ['--load', 'tcp'], 5],
  ['overlay-vs-native', ['--load', 'tcp', '--family', '6'], 5],
  ['offloads', [], 7],
] as const)
  asRoot(`TCP of ${[scenario, ...more].join(' ')} goes its proven ways`, async (t) => {
    const record = await recordOf([scenario, ...more], temporaryFolder(t))
    // What is skipped on this machine is looked at on kernels that have it.
    const paths = record.paths.filter(({ status }) => status !== 'skipped')
    t.deepEqual(unproven({ paths }), [])
    t.true(paths.length >= atLeast, paths.map(({ name }) => name).join(', '))
  })
