/** A scenario in which a program at some hook is compared with the kernel's stack. Pure but for reading templates. */
import type { Hook } from '../parts/hooks/hook.ts'
import type { Beginning, NewScenarioFile } from './new-files.ts'
import { schemaPlace, schemaReference } from './project-place.ts'
import { readme } from './readme.ts'
import { indented, template } from './templates.ts'

/** What a program does at a hook: what comes in can be sent another way, what goes out has the stack behind it. */
interface Work {
  readonly path: 'redirect.yaml' | 'count.yaml'
  readonly program: string
  /** Completes `the program …`. */
  readonly does: string
}

function workAt({ type, isIncoming }: Hook): Work {
  if (type.name === 'xdp' || isIncoming)
    return {
      path: 'redirect.yaml',
      program: `redirect-${type.name}.bpf.c`,
      does: 'redirects UDP to port 7000 past the stack',
    }
  return { path: 'count.yaml', program: 'count-tc.bpf.c', does: 'counts UDP to port 7000, and lets it pass' }
}

/** The scenario, its program and a README; names are from the folder that all are in. */
export function freshFiles(beginning: Beginning, hook: Hook): NewScenarioFile[] {
  const { name } = beginning
  const { program, does } = workAt(hook)
  const files = [
    {
      file: `${name}.yaml`,
      text: scenario(beginning, hook),
      what: 'the scenario: what is built, measured, compared and proven',
    },
    { file: `${name}.bpf.c`, text: template(program), what: `the program: ${does}` },
  ]
  const about = `A program at ${hook.name} of a router, compared with the kernel's own forwarding. It ${does}.`
  return [...files, readme(beginning, about, files)]
}

function scenario({ name, folder }: Beginning, hook: Hook): string {
  const words = { NAME: name, HOOK: hook.name }
  const { path, does } = workAt(hook)
  const candidate = template(path, { ...words, TITLE: `a program at ${hook.name} that ${does}` })
  const whole = template('scenario.yaml', {
    ...words,
    TITLE: `a program at ${hook.name} against the kernel's own forwarding`,
    SCHEMA: schemaReference(schemaPlace(folder)),
  })
  return inDriver(
    whole.replace('  # CANDIDATE', () => indented(candidate, 2)),
    hook,
  )
}

/** What veth wants where a program is in the device's driver. */
function inDriver(text: string, { name, isInDriver }: Hook): string {
  if (!isInDriver) return text.replace('    # OFFLOAD\n', '')
  const end = 'namespace: client, device: eth0, addresses: [10.0.1.2/24]'
  return text
    .replace('    # OFFLOAD', indented(template('offload.yaml'), 4))
    .replaceAll(end, `${end}, offload: { tx: false }`)
    .replace('    programs:\n', (line) => `${line}${indented(template('peer.yaml', { HOOK: name }), 6)}\n`)
}
