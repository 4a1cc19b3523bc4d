import { readFileSync } from 'node:fs'
import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { metricsMarkdown } from '../../src/record/metrics-markdown.ts'
import { distributions } from '../../src/parts/metrics/metrics.ts'

/** Without the spaces by which prettier aligns tables. */
const bare = (text: string): string => text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---')

test('docs/metrics.md is what the catalogue of metrics says', (t) => {
  const written = readFileSync(inProject('docs', 'metrics.md'), 'utf8')
  t.is(bare(written), bare(metricsMarkdown()), 'run: ./bench schema run --markdown > docs/metrics.md')
})

test('every distribution is explained', (t) => {
  for (const { name, title } of distributions)
    t.true(metricsMarkdown().includes(`\`${name}\``) && metricsMarkdown().includes(title), name)
})
