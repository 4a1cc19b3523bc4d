/** Loaders of users in other languages than C, as they are. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { execa } from 'execa'
import { isInPath } from '../../src/host/tools.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { asRoot } from './as-root.ts'
import { bench, inProject } from './bench-command.ts'
import { changedScenario, ownScenario } from './own-scenario.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Where Debian's golang-github-cilium-ebpf-dev is, from which Go builds without its proxy. */
const goPath = process.env.GOPATH ?? '/usr/share/gocode'
const goIsThere = isInPath('go') && existsSync(join(goPath, 'src', 'github.com', 'cilium', 'ebpf'))

/** Measures the stack beside a path whose agent attaches the XDP program that does nothing. */
async function isMeasured(t: ExecutionContext, loader: readonly string[], hook: string): Promise<void> {
  const [namespace, device, program] = ['netns-2', 'veth1@2', 'nop_xdp']
  const words = [...loader, inProject('build', 'bpf', 'nop.bpf.o'), program, device]
  const mine = {
    ...{ role: 'candidate', title: 'by a loader of its own' },
    agent: { namespace, run: words, ready: { output: 'attached' } },
    programs: [{ program, hook, namespace, device }],
    proof: [{ program, atLeast: 'requests' }],
  }
  const others = ['redirect', 'floor', 'control'].map((name) => [['paths', name], undefined] as const)
  const own = ownScenario(t, changedScenario([...others, [['paths', 'mine'], mine]]))
  const ended = await bench(
    own.runArguments('--rounds', '2', '--blocks', '1', '--json', '--quiet', '--no-report'),
  )
  t.is(ended.exitCode, 0, ended.stderr)
  const { paths } = JSON.parse(ended.stdout) as RunRecord
  t.deepEqual(
    paths.map(({ name, status, reason }) => [name, status, reason]),
    [
      ['stack', 'measured', undefined],
      ['mine', 'measured', undefined],
    ],
  )
}

// 83 MB to fetch: no set-up of pathbench's installs it.
if (goIsThere)
  asRoot('a loader in Go on cilium/ebpf works as it is', async (t) => {
    const folder = temporaryFolder(t)
    const loader = join(folder, 'own-loader')
    await execa('go', ['build', '-o', loader, inProject('test', 'netns', 'own-loader.go')], {
      env: { GO111MODULE: 'off', GOPATH: goPath, GOCACHE: join(folder, 'cache'), GOFLAGS: '' },
    })
    await isMeasured(t, [loader], 'xdp/generic')
  })

asRoot('a loader in Python on libbpf works as it is', async (t) => {
  await isMeasured(t, ['python3', inProject('test', 'netns', 'own-loader.py')], 'xdp/native')
})
