/** A folder for PATH that holds only what a test puts there. */
import { accessSync, chmodSync, constants, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the launcher and the stand-in Makefiles call besides the tools that they look for. */
const basics =
  'cat chmod chown cp cut env getent grep head id install ln mkdir mv readlink rm sed sh sort stat tail tr uname'
const tools = 'flock make setpriv gcc git curl python3'
/** Only looked for: not every machine that these tests run on has them. */
const soughtTools =
  'clang-format shellcheck tcpdump xmllint sockperf iperf3 qperf trafgen xdp-trafficgen time'
/** Only asked what they are, and what they say. */
const askedTools = {
  ip: 'ip utility, iproute2-6.1.0',
  tc: 'tc utility, iproute2-6.1.0',
  bpftool: 'bpftool v7.1.0',
  unshare: 'unshare from util-linux 2.38.1',
  nsenter: 'nsenter from util-linux 2.38.1',
  mount: 'mount from util-linux 2.38.1',
  clang: 'Debian clang version 14.0.6',
  'llvm-strip': 'LLVM version 14.0.6',
  nft: 'nftables v1.0.6',
  ethtool: 'ethtool version 6.1',
  nginx: 'nginx version: nginx/1.22.1',
  h2load: 'h2load nghttp2/1.52.0',
  taskset: 'taskset from util-linux 2.38.1',
  chromium: 'Chromium 156',
  'qemu-system-x86_64': 'QEMU emulator version 7.2.22',
  xz: 'xz (XZ Utils) 5.4.1',
  wg: 'wireguard-tools v1.0.20210914',
  ipvsadm: 'ipvsadm v1.31',
  ssh: 'OpenSSH',
  sshd: 'OpenSSH',
  'ansible-playbook': 'ansible-playbook [core 2.14.18]',
}

const systemFolders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/bin', '/bin']

function locate(name: string): string {
  const file = systemFolders.map((folder) => join(folder, name)).find(isExecutable)
  if (file === undefined) throw new Error(`${name} is not installed`)
  return file
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface Shims {
  readonly folder: string
  /** Makes the system's own `name` visible. */
  readonly link: (name: string) => void
  /** Puts a shell script there under `name`; `$CALLS` in it is the file that `note` lines go to. */
  readonly script: (name: string, body: string) => void
  readonly remove: (...names: string[]) => void
}

/** Fills `folder` with links to all that the launcher needs, but for Node and npm. */
export function makeShims(folder: string): Shims {
  mkdirSync(folder)
  const shims: Shims = {
    folder,
    link: (name) => {
      symlinkSync(locate(name), join(folder, name))
    },
    script: (name, body) => {
      writeScript(join(folder, name), body)
    },
    remove: (...names) => {
      for (const name of names) rmSync(join(folder, name), { force: true })
    },
  }
  for (const name of `${basics} ${tools}`.split(' ')) shims.link(name)
  for (const name of soughtTools.split(' ')) shims.script(name, 'exit 1')
  for (const [name, answer] of Object.entries(askedTools)) shims.script(name, `echo '${answer}'`)
  return shims
}

/** Writes an executable shell script. */
export function writeScript(file: string, body: string): void {
  rmSync(file, { force: true })
  writeFileSync(file, `#!/bin/sh\n${body}\n`)
  chmodSync(file, 0o755)
}
