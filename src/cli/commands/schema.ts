/** `bench schema`: the JSON Schemas of what pathbench reads and writes. */
import { Argument, type Command } from 'commander'
import { BenchError } from '../../host/errors.ts'
import {
  fleetJsonSchema,
  runJsonSchema,
  searchJsonSchema,
  soakJsonSchema,
  sweepJsonSchema,
} from '../../record/json-schema.ts'
import { metricsMarkdown } from '../../record/metrics-markdown.ts'
import { scenarioJsonSchema } from '../../scenario/json-schema.ts'
import { scenarioMarkdown } from '../../scenario/reference/markdown.ts'
import { examplesText } from '../options/examples.ts'
import { print } from '../terminal/output.ts'

const help = examplesText([
  ['./bench schema scenario > scenario.schema.json', 'for editors'],
  ['./bench schema run > run.schema.json', 'for programs that read run.json'],
  ['./bench schema scenario --markdown', 'every key of a scenario file with an example: docs/scenario.md'],
  ['./bench schema run --markdown', 'every metric with its definition and unit: docs/metrics.md'],
])

/** What is read and written: its schema, and what `--markdown` has of it. */
const kinds: Readonly<Record<string, { readonly schema: () => object; readonly markdown?: () => string }>> = {
  scenario: { schema: scenarioJsonSchema, markdown: scenarioMarkdown },
  run: { schema: runJsonSchema, markdown: metricsMarkdown },
  sweep: { schema: sweepJsonSchema },
  search: { schema: searchJsonSchema },
  soak: { schema: soakJsonSchema },
  fleet: { schema: fleetJsonSchema },
}

/** Adds the command. */
export function addSchema(program: Command): void {
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description(
      'Prints the JSON Schema of a scenario file, or of what is kept: run.json, sweep.json, search.json, soak.json, fleet.json.',
    )
    .addArgument(new Argument('<what>', 'which schema').choices(Object.keys(kinds)))
    .option('--markdown', 'for people: the keys of a scenario file, with examples; the metrics of a run')
    .addHelpText('after', help)
    .action((what: string, { markdown: isMarkdown }: { markdown?: true }) => {
      const { schema, markdown } = kinds[what]!
      if (isMarkdown !== true) {
        print(JSON.stringify(schema(), null, 2))
        return
      }
      if (markdown === undefined)
        throw new BenchError(`\`--markdown\` is there for a scenario and a run, not for a ${what}`, {
          trouble: 'usage',
        })
      print(markdown().trimEnd())
    })
}
