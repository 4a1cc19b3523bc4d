import test from 'ava'

import { escapeHtml, markup, toText, trusted } from '../../src/page/escape.ts'
import { typeset } from '../../src/page/typeset.ts'

test('what would be markup is escaped', (t) => {
  t.is(escapeHtml(`<a href="x" title='y'>&`), '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
})

test('control characters are replaced, tabs and newlines kept', (t) => {
  t.is(escapeHtml('a\u0000b\u001b[1m\tc\n'), 'a�b�[1m\tc\n')
})

test('a template escapes its values, and keeps HTML that is put into it', (t) => {
  const inner = markup`<b>${'<i>'}</b>`
  t.is(
    toText(markup`<p title="${'"'}">${inner}${[1, 'é', undefined]}${trusted('<br>')}</p>`),
    '<p title="&quot;"><b>&lt;i&gt;</b>1é<br></p>',
  )
})

test('a number stays with its unit, and a confidence with its interval', (t) => {
  t.is(
    typeset('6.0 % more (95 %: 5.6 to 6.4 %) in 3 ms'),
    '6.0\u00a0% more (95\u00a0%:\u00a05.6 to 6.4\u00a0%) in 3\u00a0ms',
  )
})

test('a word that begins like a unit is left alone', (t) => {
  t.is(typeset('3 sockets'), '3 sockets')
})
