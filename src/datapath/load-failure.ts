/** Why an object was not loaded, in words that say what to do. Pure. */
import { basename } from 'node:path'
import { BenchError } from '../host/errors.ts'
import type { LoadRefusal } from './loader.ts'
import type { MapDeclaration } from './map-declaration.ts'
import { mapHint } from './map-hints.ts'

/** How many of the verifier's last lines are shown. */
const shownLines = 16

/** What the verifier wrote about a program that it refused. */
interface VerifierLog {
  readonly program: string
  readonly lines: readonly string[]
}

/**
 * The error for an object that was refused.
 *
 * @param object the file that the scenario names, and `maps` those that it declares
 */
export function loadError(
  path: string,
  object: string,
  refusal: LoadRefusal,
  maps: ReadonlyMap<string, MapDeclaration> = new Map(),
): BenchError {
  const log = verifierLog(refusal.messages)
  const named = log === undefined ? basename(object) : `program ${log.program} of ${basename(object)}`
  const hint = hintFor(refusal, object) ?? mapHint(`${refusal.messages}\n${refusal.error}`, maps)
  return new BenchError(
    `Could not load ${named} for path "${path}": ${log === undefined ? causeOf(refusal) : verifierWords(log)}`,
    {
      trouble: 'failed',
      details: (log?.lines ?? []).slice(-shownLines).join('\n'),
      ...(hint === undefined ? {} : { hint }),
    },
  )
}

/** libbpf has the log between two lines of its own, whose words changed with its version 0.7. */
function verifierLog(all: string): VerifierLog | undefined {
  // What the kernel finds in the object's types is told in another log, and is not about a program.
  const messages = all.replace(/^[^]*-- END BTF LOAD LOG --\n?/, '')
  const program = /prog '([^']+)': BPF program load failed/.exec(messages)?.[1]
  const log = /-- BEGIN (?:PROG LOAD LOG|DUMP LOG) -*\n([^]*?)(?:-- END|$)/.exec(messages)?.[1]
  // Where the log is long, its end alone is there.
  const text = log ?? (messages.includes('-- END') ? messages.split('-- END')[0] : undefined)
  if (text === undefined) return undefined
  const ended = /prog '([^']+)': failed to load/.exec(messages)?.[1]
  return {
    program: program ?? ended ?? 'unknown',
    lines: text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('libbpf:')),
  }
}

/** Lines of the log that trace the verifier's way or sum up its work: instructions, sources, states. */
const isTrace = (line: string): boolean =>
  /^\s*\d+: |^;|^from \d|^(R\d+|fp-\d+|frame\d+:)[ =]?[^ ]*=|^\d+: R\d|^(processed|verification time|stack depth|max_states)|^mark_precise|^last_idx|^regs=|^parent|^(cur|old) state: |^arg#\d+ (reference|pointer)/.test(
    line,
  )

/** The verifier's reason, which is its last words, and the source line that it is about. */
function verifierWords({ lines }: VerifierLog): string {
  const reasons = lines.filter((line) => !isTrace(line)).slice(-2)
  const sources = lines.flatMap((line) => {
    const match = /^; (.*?) @ ([^@]+:([1-9]\d*))$/.exec(line)
    return match === null ? [] : [{ text: match[1] ?? '', place: match[2] ?? '' }]
  })
  const source = sources.at(-1)
  // Kernels before 6.8 quote the line and do not say where it stands.
  const quoted = lines.findLast((line) => /^; \S/.test(line))?.slice(2)
  const where =
    source === undefined
      ? quoted === undefined
        ? ''
        : ` at "${quoted.trim()}"`
      : ` at ${source.place} ("${source.text.trim()}")`
  return `the verifier refuses it${where}: ${reasons.join('; ') || 'it does not say why'}`
}

function causeOf({ error, messages }: LoadRefusal): string {
  if (isLegacy(messages)) return 'its maps are declared as they were before BTF, in section "maps"'
  if (lacksBtf(messages)) return 'it has no BTF, by which its maps and programs are known'
  const said = messages
    .split('\n')
    .filter(
      (line) =>
        line.startsWith('libbpf: ') &&
        !/failed to load object|^libbpf: failed to load|Retrying without BTF|-- BEGIN/.test(line),
    )
    .map((line) => line.slice('libbpf: '.length))
  return said.length === 0 ? error : `${error} (${said.slice(-2).join('; ')})`
}

const isLegacy = (messages: string): boolean => messages.includes("legacy map definitions in 'maps' section")
const lacksBtf = (messages: string): boolean => messages.includes('BTF is required, but is missing')

/** What to do about the causes that are known. */
function hintFor({ error, messages, licence }: LoadRefusal, object: string): string | undefined {
  if (isLegacy(messages))
    return 'declare them with BTF: struct { __uint(type, …); __type(key, …); __type(value, …); } name SEC(".maps")'
  if (lacksBtf(messages)) return 'compile it with -g'
  if (/GPL-restricted|from non-GPL/.test(messages)) {
    const helper = /call (bpf_\w+)#\d+\n[^]*(?:GPL-restricted|from non-GPL)/.exec(messages)?.[1]
    const has = licence === null ? 'names no licence' : `has the licence "${licence}"`
    return `${helper === undefined ? 'the kernel lends some of its functions' : `the kernel lends ${helper}`} to programs with a GPL-compatible licence only, and ${basename(object)} ${has}: char LICENSE[] SEC("license") = "GPL";`
  }
  if (messages.includes('invalid bpf_context access'))
    return 'is it written for the other kind of hook? An XDP program takes struct xdp_md, a TC program struct __sk_buff'
  if (messages.includes('failed to find valid kernel BTF'))
    return 'it is relocated to the kernel that it meets (CO-RE): that needs a kernel with BTF, CONFIG_DEBUG_INFO_BTF'
  if (error.includes('by its section')) return 'attach it at a hook of its own kind, or name another program'
  return undefined
}
