import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'ava'
import { execaSync } from 'execa'
import { copyProject } from './project-copy.ts'
import { writeScript } from './shims.ts'

/** A Node that claims a version, and leads to this one. */
function placeNode(file: string, version: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeScript(
    file,
    `if [ "$1" = -p ]; then printf '${version}\\t%s\\n' "$0"; exit; fi
FOUND_AS=$0 exec '${process.execPath}' "$@"`,
  )
}

// Newer than any Node that the machine at hand may have.
const newest = '999.1.0'

for (const place of [
  '.nvm/versions/node/v999.1.0/bin/node',
  '.config/nvm/versions/node/v999.1.0/bin/node',
  '.local/share/fnm/node-versions/v999.1.0/installation/bin/node',
  '.volta/tools/image/node/999.1.0/bin/node',
  '.asdf/installs/nodejs/999.1.0/bin/node',
  '.local/share/mise/installs/node/999.1.0/bin/node',
  'n/bin/node',
  '.nodenv/versions/999.1.0/bin/node',
])
  test(`bench: under sudo, finds the caller's own Node in ~/${place}`, async (t) => {
    const copy = copyProject(t)
    copy.shims.remove('node')
    const caller = join(copy.home, 'the caller')
    placeNode(join(caller, place), newest)
    copy.shims.script('getent', `echo 'caller:x:1000:1000::${caller}:/bin/sh'`)
    const { told } = await copy.launch(['list'], { environment: { SUDO_USER: 'caller' } })
    t.is(told().foundAs, join(caller, place))
  })

test('bench: takes the newest of several, by number', async (t) => {
  const copy = copyProject(t)
  copy.shims.remove('node')
  const versions = join(copy.home, '.nvm/versions/node')
  for (const version of ['999.9.0', '999.10.0', '999.10.1', '99.20.0', '22.18.0'])
    placeNode(join(versions, version, 'bin/node'), version)
  const { told } = await copy.launch(['list'])
  t.is(told().foundAs, join(versions, '999.10.1/bin/node'))
})

test('bench: prefers the Node in PATH to a newer one elsewhere', async (t) => {
  const copy = copyProject(t)
  placeNode(join(copy.shims.folder, 'node'), '22.18.0')
  placeNode(join(copy.home, 'n/bin/node'), newest)
  const { told } = await copy.launch(['list'])
  t.is(told().foundAs, join(copy.shims.folder, 'node'))
})

for (const version of ['18.20.4', '22.17.1', '23.5.0'])
  test(`bench: passes by a Node ${version} in PATH, which runs no TypeScript`, async (t) => {
    const copy = copyProject(t)
    placeNode(join(copy.shims.folder, 'node'), version)
    placeNode(join(copy.home, 'n/bin/node'), newest)
    const { told } = await copy.launch(['list'])
    t.is(told().foundAs, join(copy.home, 'n/bin/node'))
  })

for (const version of ['22.18.0', '23.6.0', '24.0.0', '26.0.0'])
  test(`bench: is content with a Node ${version} in PATH`, async (t) => {
    const copy = copyProject(t)
    placeNode(join(copy.shims.folder, 'node'), version)
    const { told } = await copy.launch(['list'])
    t.is(told().foundAs, join(copy.shims.folder, 'node'))
  })

test('bench: looks for another Node once the one that it chose is gone', async (t) => {
  const copy = copyProject(t)
  const chosen = join(copy.home, 'n/bin/node')
  copy.shims.remove('node')
  placeNode(chosen, newest)
  await copy.launch(['list'])
  t.is(readFileSync(copy.inside('build/.ready'), 'utf8'), `${chosen}\n`)

  rmSync(chosen)
  const other = join(copy.home, '.n/bin/node')
  placeNode(other, newest)
  t.is((await copy.launch(['list'])).told().foundAs, other)
})

test('bench: calls the npm beside the Node that it found, if PATH has none', async (t) => {
  const copy = copyProject(t)
  copy.shims.remove('node')
  const bin = join(copy.home, '.nvm/versions/node/v999.1.0/bin')
  placeNode(join(bin, 'node'), newest)
  writeScript(
    join(bin, 'npm'),
    'echo "$0" >>"$CALLS"; mkdir "$4/node_modules"; : >"$4/node_modules/.package-lock.json"',
  )
  rmSync(copy.inside('node_modules'), { recursive: true })
  await copy.launch(['list'])
  t.deepEqual(copy.calls(), [join(bin, 'npm')])
})

// A machine with a new enough Node in a place of the system's never comes to this.
const systemPlaces = ['/usr/local/bin/node', '/usr/bin/node', '/snap/bin/node']
const withoutSystemNode = systemPlaces.some((place) => existsSync(place) && majorOf(place) >= 22)
  ? test.skip
  : test

function majorOf(node: string): number {
  return Number(
    execaSync(node, ['-p', 'parseInt(process.versions.node)'], { env: { NODE_OPTIONS: '' } }).stdout,
  )
}

withoutSystemNode('bench: where no Node will do, installs one into .toolchain, and only once', async (t) => {
  const copy = copyProject(t)
  placeNode(join(copy.shims.folder, 'node'), '20.20.2')
  const installed = join(copy.home, 'installed')
  placeNode(installed, '24.0.0')
  copy.shims.script(
    'npm',
    `echo "$@" >>"$CALLS"
mkdir -p "$3/node_modules/.bin" && cp '${installed}' "$3/node_modules/.bin/node"`,
  )
  const { told, stderr } = await copy.launch(['list'])
  t.is(told().foundAs, copy.inside('.toolchain/node_modules/.bin/node'))
  t.is(stderr, 'bench: installing Node 24 into .toolchain/ (none here is 22.18 or newer)')
  await copy.launch(['list'])
  t.is(copy.calls().length, 1)
  t.regex(
    copy.calls()[0] ?? '',
    /^install --prefix .*\/\.toolchain --no-save node-linux-\w+@24 npm@11 --ignore-scripts/,
  )
})

withoutSystemNode(
  'bench: where no Node will do, BENCH_NO_INSTALL=1 names it and how to get it',
  async (t) => {
    const copy = copyProject(t)
    placeNode(join(copy.shims.folder, 'node'), '20.20.2')
    const { exitCode, stderr } = await copy.launch(['list'], { environment: { BENCH_NO_INSTALL: '1' } })
    t.is(exitCode, 3)
    t.regex(stderr, /\n {2}Node >= 22\.18 {6}runs bench\n/)
    t.regex(stderr, /\n {2}npm install --prefix \.toolchain --no-save node-linux-\w+@24$/m)
  },
)
