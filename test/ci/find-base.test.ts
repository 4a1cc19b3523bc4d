/** What a change is compared with, in checkouts as CI makes them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { inProject, projectFolder } from '../../src/host/project.ts'
import { temporaryFolder } from '../netns/temporary-folder.ts'
import { checkOut, commit, git, pullRequest } from './forge.ts'

interface Asked {
  readonly workspace: string
  readonly scenario?: string
  readonly base?: string
  readonly eventBase?: string
  readonly head?: string
}

/** The last line is the base, or what was said instead of one. */
async function baseOf({
  workspace,
  scenario = 'perf/path.yaml',
  base = '',
  eventBase = '',
  head = '',
}: Asked) {
  const script = `set -euf
action_folder='${projectFolder}'
say() { :; }
give_up() { printf 'exit %s: %s; %s\\n' "$@"; exit 0; }
. '${inProject('src', 'ci', 'action', 'find-base.sh')}'
find_base
printf '%s\\n' "$base"`
  const { stdout } = await execa('sh', ['-c', script], {
    cwd: workspace,
    extendEnv: false,
    env: {
      PATH: process.env.PATH ?? '',
      SCENARIO: scenario,
      BASE: base,
      EVENT_BASE: eventBase,
      PULL_REQUEST_HEAD: head,
    },
  })
  return stdout
}

const files = { 'perf/path.yaml': 'one\n', 'README.md': 'text\n' }
const changed = { 'perf/path.yaml': 'two\n' }

const opened = (t: ExecutionContext, depth?: number) =>
  pullRequest(temporaryFolder(t), { base: files, head: changed, ...(depth === undefined ? {} : { depth }) })

for (const depth of [1, 2, undefined])
  test(`a pull request is compared with what its merge was made on, at depth ${depth ?? 0}`, async (t) => {
    const { workspace, openedOn, mergedOn, head } = await opened(t, depth)
    t.is(await baseOf({ workspace, eventBase: openedOn, head }), mergedOn)
    t.is(await git(workspace, 'show', `${mergedOn}:perf/path.yaml`), 'one')
  })

test('where the head itself is checked out, it is compared with the base of the event', async (t) => {
  const folder = temporaryFolder(t)
  const { origin, openedOn, head } = await pullRequest(folder, { base: files, head: changed })
  const workspace = await checkOut(origin, join(folder, 'head'), 'refs/heads/change', 1)
  t.is(await baseOf({ workspace, eventBase: openedOn, head }), openedOn)
})

test('a base is named by a branch that only the origin has, or by a commit', async (t) => {
  const { workspace, mergedOn, openedOn, head } = await opened(t, 1)
  t.is(await baseOf({ workspace, base: 'main', head }), mergedOn)
  t.is(await baseOf({ workspace, base: openedOn, head }), openedOn)
})

test('a folder or a BPF file is taken as it is', async (t) => {
  const { workspace } = await opened(t, 1)
  mkdirSync(join(workspace, 'before'))
  t.is(await baseOf({ workspace, base: 'before' }), 'before')
})

test('a scenario that the base does not have has no base', async (t) => {
  const { workspace, openedOn } = await pullRequest(temporaryFolder(t), {
    base: { 'README.md': 'text\n' },
    head: changed,
  })
  t.is(await baseOf({ workspace, eventBase: openedOn }), '')
})

test('what cannot be found is told with what to do', async (t) => {
  const { workspace, origin } = await opened(t, 1)
  t.is(
    await baseOf({ workspace }),
    'exit 2: Could not tell what to compare with: this event has no base; set the input base, or mode: run',
  )
  t.is(
    await baseOf({ workspace, eventBase: '0'.repeat(40) }),
    'exit 2: Could not tell what to compare with: nothing was there before this push; set the input base',
  )
  t.regex(
    await baseOf({ workspace, base: 'no-such' }),
    /^exit 2: Could not find the base no-such; give actions\/checkout "fetch-depth: 0"/,
  )
  await git(workspace, 'remote', 'set-url', 'origin', `file://${origin}-is-gone`)
  t.regex(await baseOf({ workspace, eventBase: 'f'.repeat(40) }), /^exit 2: Could not find the base f+; /)
})

test('a scenario outside of any repository has no versions', async (t) => {
  const workspace = temporaryFolder(t)
  mkdirSync(join(workspace, 'perf'))
  writeFileSync(join(workspace, 'perf', 'path.yaml'), 'one\n')
  t.regex(
    await baseOf({ workspace, base: 'main' }),
    /^exit 2: .* it is in no git repository; check the repository out first/,
  )
})

test('a commit of a merge that is another’s is no base', async (t) => {
  const { workspace, openedOn } = await opened(t)
  t.is(await baseOf({ workspace, eventBase: openedOn, head: await commit(workspace, {}) }), openedOn)
})
