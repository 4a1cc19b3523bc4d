/** A bpfload that runs on another host, whatever libraries that has. */
import { existsSync } from 'node:fs'
import { builtProgram } from '../host/built.ts'
import { inSetup, isPackage } from '../host/project.ts'
import { runTool } from '../host/tool.ts'

/**
 * Its file; in a checkout it is made when it is first wanted.
 *
 * @throws BenchError `failed` where it cannot be
 */
export async function staticLoader(): Promise<string> {
  const prebuilt = builtProgram('bpfload')
  // A package's own is static.
  if (isPackage && existsSync(prebuilt) && !prebuilt.startsWith(inSetup('build'))) return prebuilt
  await runTool({
    command: ['make', '--silent', '-C', inSetup('bpfload'), 'static'],
    what: 'build bpfload for another host',
  })
  return inSetup('build', 'bpfload-static')
}
