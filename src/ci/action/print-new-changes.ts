/** `node print-new-changes.ts <trend.json> <run-id>`: what the run brought to light, for history.sh. */
import { readFileSync } from 'node:fs'
import { newlyWorse } from '../new-changes.ts'

const [file = '', runId = ''] = process.argv.slice(2)
for (const line of newlyWorse(JSON.parse(readFileSync(file, 'utf8')), runId))
  process.stdout.write(`${line}\n`)
