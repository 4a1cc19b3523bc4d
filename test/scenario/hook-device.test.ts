import test from 'ava'
import { checkHookDevice } from '../../src/scenario/hook-device.ts'
import { changed, problemsOf } from './example.ts'

test('a hook of one kind of link is no hook of another', (t) => {
  t.deepEqual(problemsOf(changed('hook: tc/ingress', 'hook: netkit/peer')), [
    '40:9  paths.redirect.programs[0].hook: netkit/peer is of links of kind netkit alone, and veth1@2 in netns-2 is of kind veth',
  ])
})

test('of a device whose link the file does not tell, nothing is known', (t) => {
  const topology = { namespaces: {}, bridges: {}, links: {} }
  t.deepEqual(checkHookDevice({ hook: 'netkit/peer', namespace: 'a', device: 'nk0' }, topology, []), [])
})
