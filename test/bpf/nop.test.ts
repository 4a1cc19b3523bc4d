import { asRoot, sharedAsRoot } from '../netns/as-root.ts'
import { backendNetwork, request } from './dsr-network.ts'
import { frameOf } from './packet.ts'
import { loadPrograms, type Programs, tcActions, xdpActions } from './sandboxed-program.ts'

let programs: Programs

sharedAsRoot(
  async () => {
    programs = await loadPrograms('nop', backendNetwork)
  },
  () => programs.close(),
)

for (const [program, action] of [
  ['nop_xdp', xdpActions.pass],
  ['nop_tc', tcActions.ok],
] as const)
  asRoot(`${program} passes a packet on as it is`, async (t) => {
    const frame = frameOf(request())
    t.deepEqual(await programs.run(program, [frame]), [{ action, frame }])
  })
