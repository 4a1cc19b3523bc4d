/** `bench schema`: the JSON Schemas of what pathbench reads and writes. */
import { Argument, type Command } from 'commander'
import { runJsonSchema } from '../record/json-schema.ts'
import { scenarioJsonSchema } from '../scenario/json-schema.ts'
import { examplesText } from './examples.ts'
import { print } from './output.ts'

const help = examplesText([
  ['./bench schema scenario > scenario.schema.json', 'for editors'],
  ['./bench schema run > run.schema.json', 'for programs that read run.json'],
])

/** Adds the command. */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description('Prints the JSON Schema of a scenario file, or of the record of a run (run.json).')
    .addArgument(new Argument('<what>', 'which schema').choices(['scenario', 'run']))
    .addHelpText('after', help)
    .action((what: 'scenario' | 'run') => {
      print(JSON.stringify(what === 'scenario' ? scenarioJsonSchema() : runJsonSchema(), null, 2))
    })
}
