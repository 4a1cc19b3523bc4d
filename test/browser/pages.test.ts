import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import test from 'ava'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { layoutFaults } from './layout-faults.ts'
import { pages } from './pages.ts'

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
)
const shown = chromium === undefined ? test.skip : test.serial
const why = chromium === undefined ? ' (needs chromium)' : ''

const folder = mkdtempSync(join(tmpdir(), 'pathbench pages '))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let page: Page

/** One for all pages: starting it takes longer than to show one. */
test.before(async () => {
  if (chromium === undefined) return
  browser = await puppeteer.launch({
    executablePath: chromium,
    userDataDir: join(folder, 'profile'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  page = await browser.newPage()
  for (const [name, html] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), await html())
})

test.after.always(async () => {
  if (chromium !== undefined) await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

const look = async (name: string, width: number, scheme: 'light' | 'dark'): Promise<void> => {
  await page.setViewport({ width, height: 900 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href)
}

const openAll = 'for (const each of document.querySelectorAll("details")) each.open = true'

/** Everything that axe finds, each with where it is. */
const violations = `axe.run(document, { resultTypes: ['violations'], preload: false }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`

for (const name of Object.keys(pages))
  for (const width of [1280, 390])
    shown(`nothing of ${name} overflows, overlaps or is cut at ${width} px${why}`, async (t) => {
      await look(name, width, 'light')
      await page.evaluate(openAll)
      t.deepEqual(await page.evaluate(layoutFaults), [])
    })

/** Every page in one shade at least, and every kind of page in both: axe takes its time. */
const examined = [
  ['a run of 4 paths', 1280, 'light'],
  ['a run of 16 paths', 1280, 'light'],
  ['a run of load balancers', 390, 'dark'],
  ['a run with an invalid path', 390, 'dark'],
  ['a comparison', 1280, 'light'],
  ['a comparison', 390, 'dark'],
  ['a trend', 1280, 'dark'],
  ['a trend', 390, 'light'],
] as const

for (const [name, width, scheme] of examined)
  shown(`axe finds nothing amiss with ${name} at ${width} px, ${scheme}${why}`, async (t) => {
    await look(name, width, scheme)
    await page.evaluate(axe)
    t.deepEqual(await page.evaluate(violations), [])
  })

const namesInFirstTable = `[...document.querySelector('#overview table').tBodies[0].rows].filter((row) => !row.hidden).map((row) => row.cells[0].textContent)`

shown(`a click on a heading sorts a table, and another turns it round${why}`, async (t) => {
  await look('a run of 16 paths', 1280, 'light')
  const heading = '#overview table:first-of-type thead th:nth-child(5) button'
  await page.click(heading)
  const rising = (await page.evaluate(namesInFirstTable)) as string[]
  t.is(rising[0], 'variant-13')
  await page.click(heading)
  const falling = (await page.evaluate(namesInFirstTable)) as string[]
  t.is(falling[0], 'floor')
  t.is(falling.length, rising.length)
})

shown(`typing into the filter leaves the rows that hold it${why}`, async (t) => {
  await look('a run of 16 paths', 1280, 'light')
  await page.type('#overview input', 'long')
  t.deepEqual(await page.evaluate(namesInFirstTable), [
    'variant-05-with-a-long-name',
    'variant-10-with-a-long-name',
  ])
})
