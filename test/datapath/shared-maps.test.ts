import test from 'ava'
import type { BpfObjects } from '../../src/datapath/bpf-objects.ts'
import { btfOf } from '../../src/datapath/btf.ts'
import type { MapDeclaration } from '../../src/datapath/map-declaration.ts'
import { checkSharedMaps } from '../../src/datapath/shared-maps.ts'
import type { ScenarioPath } from '../../src/scenario/scenario.ts'

const packets: MapDeclaration = {
  kind: 1,
  key: -4,
  value: -8,
  maxEntries: 8,
  flags: 0,
  isPinnedByName: false,
}

/** What is wrong with sharing `map`, where an object each in `namespaces` has the given maps. */
function problems(
  map: string,
  declared: readonly Readonly<Record<string, MapDeclaration>>[],
  namespaces: readonly string[] = declared.map(() => 'netns-2'),
  { background, isShared = true }: { background?: Readonly<Record<string, number>>; isShared?: boolean } = {},
): string[] {
  const file = (index: number) => `/somewhere/${['front', 'back'][index]}.bpf.c`
  const programs = namespaces.map((namespace, index) => ({
    namespace,
    object: file(index),
    index,
    background,
  }))
  const objects = new Map(
    declared.map((maps, index) => [
      file(index),
      {
        state: 'ready',
        file: '',
        sha256: '',
        warnings: '',
        btf: { ...btfOf([]), maps: new Map(Object.entries(maps)) },
      },
    ]),
  ) as BpfObjects
  const path = { name: 'mine', programs, sharedMaps: isShared ? [map] : [] } as unknown as ScenarioPath
  return checkSharedMaps(path, objects).map(({ path: at, message }) => `${at.join('.')}: ${message}`)
}

test('a map that two objects of a namespace declare alike can be shared', (t) => {
  t.deepEqual(problems('packets', [{ packets }, { packets: { ...packets } }]), [])
})

test('a map that is declared in different ways cannot be shared, and the first difference is told', (t) => {
  const wrong = (change: Partial<MapDeclaration>) =>
    problems('packets', [{ packets }, { packets: { ...packets, ...change } }])
  const told = (what: string) => [`paths.mine.sharedMaps.0: map "packets" cannot be one map: its ${what}`]
  t.deepEqual(wrong({ kind: 2 }), told('kind is hash in front.bpf.c, and array in back.bpf.c'))
  t.deepEqual(wrong({ key: -8 }), told('size of keys is 4 in front.bpf.c, and 8 in back.bpf.c'))
  t.deepEqual(wrong({ value: -4 }), told('size of values is 8 in front.bpf.c, and 4 in back.bpf.c'))
  t.deepEqual(wrong({ maxEntries: 9 }), told('max_entries is 8 in front.bpf.c, and 9 in back.bpf.c'))
  t.deepEqual(wrong({ flags: 1 }), told('map_flags is 0 in front.bpf.c, and 1 in back.bpf.c'))
})

test('a background is refused of a map that several objects share, by the path or by its pin', (t) => {
  const filled = (declaration: MapDeclaration, others: object) =>
    problems('packets', [{ packets: declaration }, { packets: declaration }], undefined, {
      background: { packets: 1000 },
      ...others,
    })
  const refused = [0, 1].map(
    (index) =>
      `paths.mine.programs.${index}.background.packets: map "packets" is one map of front.bpf.c and back.bpf.c: a background is for maps of a single object`,
  )
  t.deepEqual(filled(packets, {}), refused)
  t.deepEqual(filled({ ...packets, isPinnedByName: true }, { isShared: false }), refused)
  t.deepEqual(filled(packets, { isShared: false }), [])
})

test('a name that no object has is told with the nearest', (t) => {
  t.deepEqual(problems('packet', [{ packets }, { packets }]), [
    'paths.mine.sharedMaps.0: no map "packet" in the path\'s objects; did you mean "packets"?',
  ])
})

test('a map that only one object has, or has in its namespace, is told: nothing is shared', (t) => {
  const alone = [
    'paths.mine.sharedMaps.0: map "packets" is in front.bpf.c alone: there is no other object in its namespace to share it with',
  ]
  t.deepEqual(problems('packets', [{ packets }, {}]), alone)
  t.deepEqual(problems('packets', [{ packets }, { packets }], ['netns-2', 'netns-3']), alone)
})
