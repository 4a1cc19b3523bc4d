import test from 'ava'

import { shrinkSvg } from '../../src/page/shrink-svg.ts'

test('what all shapes of a group have is said once', (t) => {
  t.is(
    shrinkSvg('<g><line x2="3" stroke="red"/><line x2="4" stroke="red" stroke-width="2"/></g>'),
    '<g stroke="red"><line x2="3"/><line x2="4" stroke-width="2"/></g>',
  )
})

test('circles alike become one path', (t) => {
  const circle = (x: number): string =>
    `<path transform="translate(${x},5)" d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" fill="red"/>`
  t.is(
    shrinkSvg(`<g>${circle(1)}${circle(9)}</g>`),
    '<g fill="red"><path d="M1,5m2,0a2,2,0,1,1,-4,0a2,2,0,1,1,4,0M9,5m2,0a2,2,0,1,1,-4,0a2,2,0,1,1,4,0"/></g>',
  )
})

test('texts stay as they are', (t) => {
  t.is(
    shrinkSvg('<g><text fill="red">1.2345 fill="red"</text><text fill="red">b</text></g>'),
    '<g fill="red"><text>1.2345 fill="red"</text><text>b</text></g>',
  )
})

test('numbers keep two decimals, and defaults go', (t) => {
  t.is(shrinkSvg('<rect x="1.23456" class="mark" opacity="1"/>'), '<rect x="1.23"/>')
})
