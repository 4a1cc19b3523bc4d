import test from 'ava'
import { didYouMean, nearest } from '../../src/host/nearest.ts'

const words = ['baseline', 'candidate', 'control', 'floor']

test('a word with a slip or two is near', (t) => {
  t.is(nearest('contorl', words), 'control')
  t.is(nearest('candidat', words), 'candidate')
  t.is(nearest('flor', words), 'floor')
})

test('long words may differ in a third of their letters', (t) => {
  t.is(nearest('redirect-stack', ['redirect-vs-stack']), 'redirect-vs-stack')
})

test('a word that is far from all has no nearest', (t) => {
  t.is(nearest('weather', words), undefined)
  t.is(nearest('anything', []), undefined)
})

test('a suggestion is a question, or nothing', (t) => {
  t.is(didYouMean('flor', words), '; did you mean "floor"?')
  t.is(didYouMean('weather', words), '')
})
