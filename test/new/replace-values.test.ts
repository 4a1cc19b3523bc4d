import test from 'ava'
import { replaceValues } from '../../src/new/replace-values.ts'

test('values are replaced where they stand, and comments and layout stay', (t) => {
  const source = "# first\nname:   'old'   # why\nlist: [ {a: 1}, {a: two} ]\n"
  t.is(
    replaceValues(source, [
      [['name'], 'new'],
      [['list', 1, 'a'], 'lib/three.c'],
    ]),
    '# first\nname:   new   # why\nlist: [ {a: 1}, {a: lib/three.c} ]\n',
  )
})

test('a value that YAML would not take as it is gets quotes', (t) => {
  t.is(replaceValues('a: b\n', [[['a'], 'my file: x']]), 'a: "my file: x"\n')
})

test('what is not there, and what stands there by reference, stays', (t) => {
  const source = 'a: &one { b: c }\nd: *one\n'
  t.is(
    replaceValues(source, [
      [['d', 'b'], 'x'],
      [['e'], 'x'],
    ]),
    source,
  )
})
