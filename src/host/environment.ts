/** What machine a run ran on: everything that is known to move results. */
import { readdirSync } from 'node:fs'
import { arch, cpus, totalmem } from 'node:os'
import { execa } from 'execa'
import { conditionsOf, vulnerabilitiesFolder } from './conditions.ts'
import { hostName } from './host-name.ts'
import { readIfThere } from './kernel-file.ts'
import { projectVersion } from './project.ts'
import type { ToolName } from './tools.ts'

/** How each tool is asked for its version; what it prints first that looks like one is taken. */
const versionCommands: Readonly<Record<string, string>> = {
  iproute2: 'ip -V',
  bpftool: 'bpftool version',
  clang: 'clang --version',
}

/** Of the tools that only some scenarios call, those whose version may move results. */
const scenarioVersionCommands: Readonly<Partial<Record<ToolName, string>>> = {
  nft: 'nft --version',
  nginx: 'nginx -v',
  h2load: 'h2load --version',
}

/**
 * Captures this machine's environment. Never throws: what the kernel does not say is left out.
 *
 * @param called tools that the run calls beyond those of every run
 */
export async function captureEnvironment(called: readonly ToolName[]) {
  const cpuInfo = cpus()
  const commands = [
    ...Object.entries(versionCommands),
    ...called.flatMap((name) => {
      const command = scenarioVersionCommands[name]
      return command === undefined ? [] : [[name, command] as const]
    }),
  ]
  const host = hostName()
  return {
    ...(host === undefined ? {} : { host }),
    ...conditionsOf(readIfThere, vulnerabilities()),
    architecture: arch(),
    cpuModel: cpuInfo[0]?.model ?? 'unknown',
    cpuCount: cpuInfo.length,
    memoryBytes: totalmem(),
    tools: {
      pathbench: projectVersion(),
      node: process.versions.node,
      ...(await versionsOf(commands)),
    },
  }
}

/** By one process: each that Node starts takes it longer than the tool. */
async function versionsOf(
  commands: readonly (readonly [tool: string, command: string])[],
): Promise<Record<string, string>> {
  const { stdout } = await execa(
    'sh',
    [
      '-c',
      'for command; do $command 2>&1; printf "\\0"; done',
      'sh',
      ...commands.map(([, command]) => command),
    ],
    { reject: false },
  )
  const answers = stdout.split('\0')
  return Object.fromEntries(
    commands.map(([tool], place) => [tool, /\d+(\.\d+)+/.exec(answers[place] ?? '')?.[0] ?? 'not found']),
  )
}

function vulnerabilities(): readonly string[] {
  try {
    return readdirSync(vulnerabilitiesFolder)
  } catch {
    return []
  }
}
