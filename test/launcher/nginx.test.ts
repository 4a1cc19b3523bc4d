import { existsSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import test, { type ExecutionContext } from 'ava'
import { execa } from 'execa'
import { copyProject, type ProjectCopy } from './project-copy.ts'

const asRoot = process.getuid?.() === 0 ? test : test.skip

const debian12 =
  'libc6 (>= 2.34), libcrypt1 (>= 1:4.1.0), libpcre2-8-0 (>= 10.22), zlib1g (>= 1:1.1.4), iproute2, nginx-common (<< 1.22.1-9.1~), nginx-common (>= 1.22.1-9)'

/** What it says when asked what it is. */
const answer = 'echo nginx version: nginx/1.22.1'

interface Nginx {
  /** What the package `nginx` depends on. */
  readonly depends?: string
  /** The body of the program in the package, a shell script. */
  readonly program?: string
}

/** A project on Debian whose scenario `web` calls nginx, which is not installed. */
function copyWithoutNginx(
  t: ExecutionContext,
  { depends = debian12, program = answer }: Nginx = {},
): ProjectCopy {
  const copy = copyProject(t)
  copy.shims.remove('nginx')
  copy.write('scenarios/web.yaml', 'load: [{ kind: http }]\n')
  copy.shims.script('apt-cache', `printf 'Package: nginx\\nDepends: ${depends}\\nBreaks: nginx-core\\n'`)
  copy.shims.script('apt-get', aptGet(''))
  copy.shims.script('dpkg-deb', dpkgDeb(depends, program))
  return copy
}

/** @param download what it does before it downloads */
const aptGet = (download: string): string => `
case "$*" in
download*) echo "$@" >>"$CALLS"; ${download}
  : >"$2_1.22.1-9_amd64.deb" ;;
*' install '*) echo "install \${*##* install }" >>"$CALLS" ;;
esac`

const dpkgDeb = (depends: string, program: string): string => `
case $1 in
--extract) [ -e "$2" ] && mkdir -p "$3/usr/sbin" && printf '#!/bin/sh\\n%s\\n' '${program}' >"$3/usr/sbin/nginx" &&
  chmod +x "$3/usr/sbin/nginx" ;;
--field) [ -e "$2" ] && [ "$3" = Depends ] && echo '${depends}' ;;
esac`

asRoot('bench: takes nginx out of its package, installs nothing, and only once', async (t) => {
  const copy = copyWithoutNginx(t)
  await copy.launch(['run', 'plain'])
  t.deepEqual(copy.calls(), [])

  const { told, stderr } = await copy.launch(['run', 'web'])
  t.deepEqual(told().arguments, ['run', 'web'])
  t.deepEqual(stderr.split('\n'), [
    'bench: installing tools: nginx',
    'bench: unpacking nginx into .toolchain/ (installed, it would start a service on port 80)',
  ])
  t.deepEqual(copy.calls(), ['download nginx'])
  t.is(readlinkSync(copy.inside('.toolchain/bin/nginx')), '../nginx/usr/sbin/nginx')
  t.deepEqual(readdirSync(copy.inside('.toolchain')).toSorted(), ['bin', 'nginx'])
  t.deepEqual(readdirSync(copy.inside('.toolchain/nginx')), ['usr'])

  t.is((await copy.launch(['run', 'web'])).stderr, '')
  t.is(copy.calls().length, 1)
})

asRoot('bench: where the package nginx holds nothing, takes the one that it depends on', async (t) => {
  const copy = copyWithoutNginx(t, {
    depends: 'nginx-core (<< 1.18.0-6.1~) | nginx-full (<< 1.18.0-6.1~), nginx-core (>= 1.18.0-6)',
  })
  t.is((await copy.launch(['run', 'web'])).exitCode, 0)
  t.deepEqual(copy.calls(), ['download nginx-core'])
})

asRoot(
  'bench: installs the libraries of an nginx that does not start, and no more of its package',
  async (t) => {
    const copy = copyWithoutNginx(t, {
      depends: `libnginx-mod-mail, libssl3t64 (>= 3.0.0) | libssl3, adduser, libcrypt1:any, ${debian12}`,
      program: `grep -q install "$CALLS" || { echo "libpcre2-8.so.0: cannot open"; exit 127; }; ${answer}`,
    })
    t.is((await copy.launch(['run', 'web'])).exitCode, 0)
    t.deepEqual(copy.calls(), ['download nginx', 'install libc6 libcrypt1 libpcre2-8-0 libssl3t64 zlib1g'])
  },
)

asRoot('bench: says so when the unpacked nginx does not start for all that', async (t) => {
  const copy = copyWithoutNginx(t, { program: 'echo "libpcre2-8.so.0: cannot open"; exit 127' })
  const { exitCode, stderr } = await copy.launch(['run', 'web'])
  t.is(exitCode, 3)
  t.true(
    stderr.includes('Could not start the unpacked nginx:\n  libpcre2-8.so.0: cannot open\nHint: '),
    stderr,
  )
  t.false(existsSync(copy.inside('.toolchain/bin/nginx')))
})

asRoot('bench: when nginx cannot be downloaded, shows the end of what apt-get said', async (t) => {
  const copy = copyWithoutNginx(t)
  copy.shims.script('apt-get', aptGet('echo "E: Failed to fetch"; exit 100'))
  const { exitCode, stderr } = await copy.launch(['run', 'web'])
  t.is(exitCode, 3)
  t.true(stderr.includes('Could not unpack the package of nginx:\n  E: Failed to fetch\nHint: '), stderr)
})

for (const [moment, program, script] of [
  ['downloaded', 'apt-get', aptGet(': >half.deb; kill -KILL 0')],
  ['unpacked', 'dpkg-deb', 'mkdir -p "$3/usr/sbin"; : >"$3/usr/sbin/nginx"; kill -KILL 0'],
  ['moved into place', 'mv', 'kill -KILL 0'],
  ['linked', 'ln', 'kill -KILL 0'],
] as const)
  asRoot(`bench: takes up a set-up that was killed while nginx was being ${moment}`, async (t) => {
    const copy = copyWithoutNginx(t)
    await copy.launch(['run', 'plain'])
    copy.shims.remove(program)
    copy.shims.script(program, script)
    t.is((await copy.launch(['run', 'web'])).exitCode, undefined)

    copy.shims.remove(program)
    if (program === 'apt-get') copy.shims.script(program, aptGet(''))
    else if (program === 'dpkg-deb') copy.shims.script(program, dpkgDeb(debian12, answer))
    else copy.shims.link(program)
    t.is((await copy.launch(['run', 'web'])).exitCode, 0)
    t.true(statSync(copy.inside('.toolchain/bin/nginx')).isFile())
    t.deepEqual(readdirSync(copy.inside('.toolchain')).toSorted(), ['bin', 'nginx'])
  })

asRoot('bench: an nginx unpacked under sudo belongs to the user who called', async (t) => {
  const copy = copyWithoutNginx(t)
  const environment = { SUDO_UID: '12345', SUDO_GID: '23456', SUDO_USER: 'nobody' }
  t.is((await copy.launch(['run', 'web'], { environment })).exitCode, 0)
  for (const made of ['.toolchain', '.toolchain/nginx/usr/sbin/nginx'])
    t.is(statSync(copy.inside(made)).uid, 12345, made)
})

test('bench: the commands that it names for nginx do what it would do', async (t) => {
  const copy = copyWithoutNginx(t)
  await copy.launch(['run', 'plain'])
  const call = (): ReturnType<ProjectCopy['launch']> =>
    copy.launch(['run', 'web'], { environment: { BENCH_NO_INSTALL: '1' } })
  const { exitCode, stderr } = await call()
  t.is(exitCode, 3)
  t.regex(stderr, /^ {2}nginx {14}answers HTTP load$/m)
  t.notRegex(stderr, /sudo/)

  const commands = stderr.split('Hint: get it by\n')[1] ?? ''
  await execa('sh', ['-c', commands], {
    env: { PATH: copy.shims.folder, CALLS: '/dev/null' },
    extendEnv: false,
  })
  t.is((await call()).exitCode, 0)
})

test('bench: where there is no apt-get, nginx is one package among others', async (t) => {
  const copy = copyWithoutNginx(t)
  copy.shims.remove('apt-get', 'h2load')
  copy.shims.script('dnf', ':')
  const { exitCode, stderr } = await copy.launch(['run', 'web'])
  t.is(exitCode, 3)
  t.true(stderr.includes('\n  sudo dnf install nghttp2 nginx'), stderr)
})
