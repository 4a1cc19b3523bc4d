import test from 'ava'
import { isSizeOfPages, pageTemplate } from '../../src/load/web-page.ts'

/** The page as nginx makes it of its template for a request. */
const pageFor = (host: string, called: string): string =>
  pageTemplate(host)
    .replaceAll('\\n', '\n')
    .replace('$http_host', called)
    .replace('$http_user_agent', 'pathbench')

test('a page tells who answered, and what it was asked by', (t) => {
  t.deepEqual(pageFor('backend0x', '192.168.25.10').split('\n').slice(0, 3), [
    'Server name: backend0x',
    'Host: 192.168.25.10',
    'User-Agent: pathbench',
  ])
})

test('pages of all servers are of one size, but for what the client calls them', (t) => {
  for (const host of ['a', 'backend0x', 'x'.repeat(40)]) {
    t.is(pageFor(host, '10.0.0.1').length, 1024 + 8)
    t.is(pageFor(host, '10.0.0.1:8080').length, 1024 + 13)
  }
})

test('with its head a page fits into one frame, and a template into a word of nginx’s configuration', (t) => {
  t.true(pageFor('a', '255.255.255.255:65535').length + 200 < 1448)
  t.true(pageTemplate('x'.repeat(40)).length < 4096)
})

test('no part of the pattern stands elsewhere in it, too', (t) => {
  const pattern = pageFor('a', '').split('\n').at(-1) ?? ''
  t.regex(pattern, /^[A-Za-z0-9]{900,}$/)
  const parts = Array.from({ length: pattern.length - 7 }, (_, at) => pattern.slice(at, at + 8))
  t.is(new Set(parts).size, parts.length)
})

test('so many bytes are of so many pages, whether the client names the port or not', (t) => {
  const target = { address: '10.0.0.1', port: 80 }
  t.true(isSizeOfPages(3 * (1024 + 8), 3, target))
  t.true(isSizeOfPages(3 * (1024 + 11), 3, target))
  for (const bytes of [0, 1032, 3 * 1032 - 1, 3 * 1032 + 1])
    t.false(isSizeOfPages(bytes, 3, target), String(bytes))
})

test('of IPv6, a client may put brackets about the address or leave them out', (t) => {
  const target = { address: 'fd00::10', port: 80 }
  for (const host of ['fd00::10', 'fd00::10:80', '[fd00::10]', '[fd00::10]:80'])
    t.true(isSizeOfPages(3 * (1024 + host.length), 3, target), host)
  t.false(isSizeOfPages(3 * (1024 + 9), 3, target))
})
