import type { Command } from 'commander'
import test from 'ava'
import { buildProgram } from '../../src/cli/program.ts'

/** All that a command's --help prints. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    writeOut: (part) => {
      text += part
    },
  })
  command.outputHelp()
  return text
}

/** What follows the command's name in its examples and its subcommands', up to what a shell does with the rest. */
function examplesOf(command: Command): string[][] {
  const texts = [command, ...command.commands].map((one) => helpOf(one).split(/\nExamples:\n/)[1] ?? '')
  const calls = texts.join('\n').matchAll(/(?:^|[ (])(?:\.\/)?bench (.*?)(?= {2}| \||\)| >| &&|\n|$)/gm)
  return [...calls].flatMap(([, text = '']) => {
    const [name, ...words] = text.match(/'[^']*'|\S+/g) ?? []
    return name === command.name() ? [words] : []
  })
}

test('every command shows two examples, of options and of as many words as it takes', async (t) => {
  const program = await buildProgram()
  for (const command of program.commands) {
    // Its other example is the tests, which set up what they need.
    const least = command.name() === 'setup' ? 1 : 2
    const examples = examplesOf(command)
    t.true(examples.length >= least, `${command.name()} has ${examples.length}`)
    for (const words of examples) {
      const called = command.commands.find((one) => one.name() === words[0])
      const { operands, unknown } = (called ?? command).parseOptions(called ? words.slice(1) : words)
      const said = `${command.name()} ${words.join(' ')}`
      // What `exec` is to run has options of its own.
      if (command.name() !== 'exec') t.deepEqual(unknown, [], said)
      const required = (called ?? command).registeredArguments.filter((argument) => argument.required)
      t.true(operands.length + unknown.length >= required.length, said)
    }
  }
})
