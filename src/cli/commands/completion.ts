/** `bench completion`: scripts with which shells complete commands, options and scenarios. */
import { Argument, type Command, type Option } from 'commander'
import { listScenarios } from '../../scenario/find.ts'
import { examplesText } from '../options/examples.ts'
import { print } from '../terminal/output.ts'

const help = examplesText([
  ['source <(./bench completion bash)', 'for this shell'],
  ['./bench completion fish > bench.fish', 'a file, to be put where fish looks'],
])

/** Adds the command. */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a completion script. For bash:  source <(./bench completion bash)')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', help)
    .action((shell: 'bash' | 'zsh' | 'fish') => {
      print(shell === 'fish' ? fishScript(program) : shellScript(program, shell))
    })
}

const optionsOf = (command: Command): string[] =>
  visibleOptions(command).map(({ long, short }) => long ?? short ?? '')

const visibleOptions = (command: Command): readonly Option[] => command.createHelp().visibleOptions(command)

/** Options of a command after which one of a few words is expected. */
const choicesOf = (command: Command): { readonly option: string; readonly words: readonly string[] }[] =>
  visibleOptions(command).flatMap(({ long, argChoices, flags }) => {
    const words = argChoices ?? (flags.endsWith('<scenario>') ? listScenarios() : [])
    return long === undefined || words.length === 0 ? [] : [{ option: long, words }]
  })

/** What may follow a command: its subcommands, words for its first argument, and its options. */
function wordsAfter(command: Command): string[] {
  const [argument] = command.registeredArguments
  const words = argument?.argChoices ?? (argument?.name() === 'scenario' ? listScenarios() : [])
  return [...command.commands.map((one) => one.name()), ...words, ...optionsOf(command)]
}

/** Sets `words` to what may follow the command, or the option before the cursor. */
function wordsInShell(command: Command): string {
  const all = `words='${wordsAfter(command).join(' ')}'`
  const choices = choicesOf(command).map(({ option, words }) => `${option}) words='${words.join(' ')}' ;;`)
  if (choices.length === 0) return all
  return `case "\${COMP_WORDS[COMP_CWORD - 1]}" in ${choices.join(' ')} *) ${all} ;; esac`
}

/** The script for bash, or for zsh, which understands it. */
export function shellScript(program: Command, shell: 'bash' | 'zsh'): string {
  const cases = program.commands.map((command) => `    ${command.name()}) ${wordsInShell(command)} ;;`)
  return `${shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}_bench() {
  local words
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words='${program.commands.map((command) => command.name()).join(' ')} ${optionsOf(program).join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _bench bench ./bench`
}

/** The script for fish. */
export function fishScript(program: Command): string {
  const quote = (text: string) => `'${text.replaceAll("'", "\\'")}'`
  const commands = program.commands.flatMap((command) => [
    `complete -c bench -n __fish_use_subcommand -a ${command.name()} -d ${quote(command.summary())}`,
    `complete -c bench -n '__fish_seen_subcommand_from ${command.name()}' -a ${quote(wordsAfter(command).join(' '))}`,
    ...choicesOf(command).map(
      ({ option, words }) =>
        `complete -c bench -n '__fish_seen_subcommand_from ${command.name()}' -l ${option.slice(2)} -xa ${quote(words.join(' '))}`,
    ),
  ])
  return commands.join('\n')
}
