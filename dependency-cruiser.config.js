// Which room of src/ may import which: the map that ARCHITECTURE.md draws. Rooms that do not stand in each other's
// lists do not see each other, and no file leads back to itself.
const mayImport = {
  host: [],
  stats: [],
  parts: ['host', 'stats'],
  record: ['parts', 'stats'],
  words: ['parts', 'record'],
  page: ['parts', 'record'],
  scenario: ['host', 'parts', 'record'],
  topology: ['host', 'parts', 'scenario'],
  trace: ['host', 'stats', 'parts', 'record', 'words', 'page', 'scenario'],
  datapath: ['host', 'parts', 'record', 'scenario', 'stats', 'topology', 'trace'],
  load: ['host', 'parts', 'scenario', 'topology'],
  machine: ['host', 'parts', 'scenario', 'topology'],
  remote: ['host', 'parts', 'scenario', 'topology', 'load'],
  across: ['host', 'record', 'stats'],
  keep: ['host', 'record', 'across'],
  mlrsearch: ['stats', 'record'],
  run: [
    ...['host', 'stats', 'parts', 'record', 'scenario', 'topology', 'datapath', 'load', 'keep'],
    ...['trace', 'mlrsearch', 'machine', 'remote'],
  ],
  ab: ['host', 'stats', 'record', 'words', 'scenario', 'across'],
  gates: ['host', 'stats', 'parts', 'record', 'words', 'scenario', 'across'],
  trend: ['host', 'stats', 'record', 'words', 'page', 'across', 'keep', 'ab'],
  report: ['stats', 'parts', 'record', 'words', 'page', 'across', 'trace'],
  sweep: ['host', 'stats', 'parts', 'record', 'words', 'page', 'report', 'across'],
  fleet: ['stats', 'record', 'words', 'page', 'report', 'across'],
  ansible: ['host', 'record', 'scenario', 'new'],
  search: ['record', 'across', 'words', 'page', 'report'],
  soak: ['stats', 'parts', 'record', 'across', 'words', 'page', 'report'],
  export: ['host', 'stats', 'parts', 'record', 'words', 'page', 'scenario', 'keep', 'gates', 'report'],
  new: ['host', 'parts', 'scenario'],
  ci: ['host', 'record', 'words', 'scenario', 'ab'],
  cli: [
    ...[
      'host',
      'parts',
      'record',
      'words',
      'page',
      'scenario',
      'topology',
      'datapath',
      'across',
      'keep',
      'run',
    ],
    ...['ab', 'gates', 'trend', 'report', 'export', 'ci', 'new', 'sweep', 'search', 'soak', 'mlrsearch'],
    ...['trace', 'machine', 'remote', 'fleet', 'ansible'],
  ],
}

const rooms = Object.keys(mayImport)

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one concern, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-room-without-a-place',
      comment: 'Say in the map above what a new room may import.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${rooms.join('|')})/` },
      to: {},
    },
    ...rooms.map((room) => ({
      name: `${room}-imports-only-what-it-may`,
      comment: `src/${room} may import: ${['itself', ...mayImport[room]].join(', ')}.`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${[room, ...mayImport[room]].join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
  },
}
