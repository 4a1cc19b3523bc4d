/** Runs a command that has the terminal to itself, as a shell would: its signals, its exit code. */
import { constants } from 'node:os'
import { execa } from 'execa'
import { builtProgram } from '../../host/built.ts'
import { descendantsOf } from '../../host/descendants.ts'
import { signalIfThere } from '../../host/signal-if-there.ts'
import type { Command } from '../../host/tool.ts'
import { type Sandbox, sandboxFolders } from '../../topology/sandbox.ts'
import { endingSignals, isNohup } from './nohup.ts'

// nsenter waits for its child and dies of a Ctrl-C that is the child's to deal with, unless it ignores it. Under nohup so does
// the command, as it would without bench.
const ignoreKeys = `trap '' INT QUIT${isNohup() ? ' HUP' : ''}; exec "$0" "$@"`

/*
 * Inside: /sys shows the devices of the namespace. The shell that waits for the command survives the keys and signals meant
 * for that, and gives its end as shells do: 127 not found, 126 not executable, 128 + n of signal n.
 */
const inside = `
"$1" ${sandboxFolders.devices}
shift
trap : INT QUIT TERM HUP
"$@"
exit $?`

/** @returns its exit code, 128 + n where signal n ended it */
export async function runInTerminal(
  sandbox: Sandbox,
  command: Command,
  namespaceFile: string,
): Promise<number> {
  const enter = sandbox.enterUnsealed(
    [
      'env',
      '--default-signal=INT,QUIT',
      ...['unshare', '--mount', '--propagation', 'private'],
      ...['sh', '-c', inside, 'bench exec', builtProgram('show-devices')],
      ...command,
    ],
    namespaceFile,
  )
  // A Ctrl-C is for the command; pathbench ends after it.
  const leaveToCommand = () => undefined
  process.on('SIGINT', leaveToCommand).on('SIGQUIT', leaveToCommand)
  const child = execa('sh', ['-c', ignoreKeys, ...enter], { stdio: 'inherit', reject: false })
  const passOn = (signal: NodeJS.Signals) => {
    for (const pid of descendantsOf(child.pid ?? 0).slice(1)) signalIfThere(pid, signal)
  }
  const passedOn = endingSignals()
  for (const name of passedOn) process.on(name, passOn)
  const { exitCode, signal } = await child
  process.off('SIGINT', leaveToCommand).off('SIGQUIT', leaveToCommand)
  for (const name of passedOn) process.off(name, passOn)
  return exitCode ?? 128 + (signal === undefined ? 1 : constants.signals[signal])
}
