/** A scenario whose programs, maps and processes can be told from any other on the machine. */
import { randomBytes } from 'node:crypto'
import type { ExecutionContext } from 'ava'
import { type Change, changedScenario, type OwnScenario, ownScenario } from './own-scenario.ts'

/** What the kernel knows things of one scenario by. */
export interface Mark {
  readonly program: string
  readonly map: string
  /** `NAME=value`, in the environment of every process. */
  readonly variable: string
  readonly environment: Readonly<Record<string, string>>
}

export interface MarkedScenario extends OwnScenario {
  readonly mark: Mark
}

const source = ({ program, map }: Mark): string => `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} ${map} SEC(".maps");

SEC("tc")
int ${program}(struct __sk_buff *skb)
{
	__u32 first = 0;
	__u64 *packets = bpf_map_lookup_elem(&${map}, &first);

	if (packets)
		__sync_fetch_and_add(packets, 1);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
`

/** One device of every namespace of a path. */
const devices = {
  stack: ['netns-1/veth1@1', 'netns-2/veth1@2', 'netns-3/veth2@2'],
  redirect: ['netns-1/veth1@1', 'netns-2/veth2@1', 'netns-3/veth2@2'],
  floor: ['netns-1/veth1@1', 'netns-3/veth2@2'],
} as const

/**
 * A scenario with a program of its own in every namespace of every path. A namespace that lives on
 * keeps its devices, and these their programs: where no program is left, no namespace is.
 *
 * @param more further changes
 */
export function markedScenario(t: ExecutionContext, more: readonly Change[] = []): MarkedScenario {
  // The kernel keeps 15 characters of a program's or a map's name.
  const id = randomBytes(4).toString('hex')
  const mark = {
    program: `mark_${id}`,
    map: `kept_${id}`,
    variable: `BENCH_TEST_MARK=${id}`,
    environment: { BENCH_TEST_MARK: id },
  }
  const changes = Object.entries(devices).flatMap(([path, places]) =>
    places.map((place, index): Change => {
      const [namespace, device] = place.split('/')
      const program = { object: 'mark.bpf.c', program: mark.program, hook: 'tc/ingress', namespace, device }
      return [['paths', path, 'programs', path === 'redirect' ? index + 1 : index], program]
    }),
  )
  const lists = ['stack', 'floor'].map((path): Change => [['paths', path, 'programs'], []])
  return {
    ...ownScenario(t, changedScenario([...lists, ...changes, ...more]), { 'mark.bpf.c': source(mark) }),
    mark,
  }
}
