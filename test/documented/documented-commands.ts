/** The commands that a document tells its reader to type. Pure. */

const isCommand = (text: string): boolean =>
  /^(sudo|time|source|git|cd|sed|echo|bench|\.\/bench|\.\.\/pathbench\/bench) /.test(text)

/** A command, and how it is said to end. */
export interface Step {
  readonly command: string
  /** The exit code that its comment names; 0 where it says nothing. */
  readonly endsWith: number
}

/** Of code blocks without a language every line, and of tables what begins as one types it, in their order. */
export function stepsIn(markdown: string): Step[] {
  const found: Step[] = []
  let language: string | undefined
  for (const line of markdown.split('\n')) {
    const fence = /^```(.*)$/.exec(line)
    if (fence !== null) language = language === undefined ? fence[1] : undefined
    else if (language === '' && isCommand(line)) found.push(stepOf(line))
    else if (line.startsWith('|'))
      for (const [, command] of line.matchAll(/`((?:sudo|time) [^`]+)`/g))
        found.push({ command: command!, endsWith: 0 })
  }
  return found
}

function stepOf(line: string): Step {
  const [, command = '', comment = ''] = /^(.*?)(\s+#.*)?$/.exec(line) ?? []
  return { command, endsWith: Number(/ends with (\d+)/.exec(comment)?.[1] ?? 0) }
}

/** The commands, each once. */
export const commandsIn = (markdown: string): string[] => [
  ...new Set(stepsIn(markdown).map(({ command }) => command)),
]

/** What makes a command short enough for every change of the project, by how it begins. */
const shortened: readonly (readonly [RegExp, string])[] = [
  [/^(.*\bbench ab \S+)/, '$1 --no-confirm --rounds 6 --blocks 4'],
  [/^(.*\bbench run \S+)(.* --precision .*)/, '$1 --max-time 1s$2'],
  [/^(.*\bbench search \S+)/, '$1 --trial 20ms --sum 60ms --width 50% --max-time 5s'],
  [/^(.*\bbench run \S+)/, '$1 --rounds 1 --blocks 2'],
  [/^(.*agreement\.ts)/, '$1 2 --rounds 6 --blocks 4'],
  [/^(.*udpgen-vs-sockperf\.ts)/, '$1 1'],
  [/^(.*tcp-vs-sockperf-and-iperf3\.ts)/, '$1 1'],
  [/^(.*engines\.ts)/, '$1 1'],
  [/^(.*packet-vs-trafgen\.ts)/, '$1 1'],
  [/^(.*xdp-vs-xdp-trafficgen\.ts)/, '$1 1'],
  [/^(.*tcp-crr-vs-h2load\.ts)/, '$1 1'],
  [/^(.*overhead\.ts)/, '$1 --rounds 1 --blocks 2'],
  [/^(.*ab-real\.ts \w+)/, '$1 1 --no-confirm --rounds 6 --blocks 4'],
]

/** The command as it is tried: brackets, which say what may be left out, opened. */
export function shorten(command: string): string {
  const whole = command.replace(/\s*\[[^\]]*\]/g, '')
  const [pattern, replacement] = shortened.find(([beginning]) => beginning.test(whole)) ?? []
  return pattern === undefined ? whole : whole.replace(pattern, replacement!)
}
