import everywhere from './ava.config.js'

// The bundles of unit tests that test/run.sh makes. In one of them many tests compute before the first is told to
// have ended.
export default { ...everywhere, files: ['build/units/*.test.ts'], timeout: '15m' }
