/** `bench schema`: the JSON Schemas of what pathbench reads and writes. */
import { Argument, type Command } from 'commander'
import { BenchError } from '../../host/errors.ts'
import { runJsonSchema } from '../../record/json-schema.ts'
import { scenarioJsonSchema } from '../../scenario/json-schema.ts'
import { scenarioMarkdown } from '../../scenario/reference/markdown.ts'
import { examplesText } from '../options/examples.ts'
import { print } from '../terminal/output.ts'

const help = examplesText([
  ['./bench schema scenario > scenario.schema.json', 'for editors'],
  ['./bench schema run > run.schema.json', 'for programs that read run.json'],
  ['./bench schema scenario --markdown', 'every key of a scenario file with an example: docs/scenario.md'],
])

/** Adds the command. */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description('Prints the JSON Schema of a scenario file, or of the record of a run (run.json).')
    .addArgument(new Argument('<what>', 'which schema').choices(['scenario', 'run']))
    .option('--markdown', 'the keys of a scenario file explained, with examples, for people')
    .addHelpText('after', help)
    .action((what: 'scenario' | 'run', { markdown: isMarkdown }: { markdown?: true }) => {
      if (isMarkdown === true) {
        requireScenario(what)
        print(scenarioMarkdown().trimEnd())
        return
      }
      print(JSON.stringify(what === 'scenario' ? scenarioJsonSchema() : runJsonSchema(), null, 2))
    })
}

/** @throws BenchError `usage` where what is asked for has no explanation for people */
function requireScenario(what: 'scenario' | 'run'): void {
  if (what === 'scenario') return
  throw new BenchError('Could not explain run.json in Markdown: only the scenario file is explained so', {
    trouble: 'usage',
    hint: 'without --markdown its JSON Schema is printed',
  })
}
