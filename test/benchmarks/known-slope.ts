/**
 * Whether sweeps find a slope that is known: a program with a loop whose length is swept over, on the router of
 * redirect-vs-stack, and what an iteration of it takes by BPF_PROG_TEST_RUN.
 *
 * On a shared machine that is known between two ends only. The sweep's own test-runs, in the same seconds as its traffic,
 * last microseconds, and leave out what is interrupted. The kernel's averages over long test-runs, just before and
 * just after, have in them what interrupts and the host take from the CPU (a thread that does nothing but read the clock
 * loses some 5 % to gaps of 30 to 60 us, a thousand a second), and what the CPU was slower or faster in those seconds.
 * What a packet costs lies between: medians of trials leave out the long gaps, and no short ones. A figure holds where
 * its interval meets that span.
 *
 *   sudo node test/benchmarks/known-slope.ts [SWEEPS] [arguments of bench run…]     20 sweeps by default
 *
 * Told for each figure of traffic: in how many sweeps its interval holds a slope between these.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { linearRegression, median } from 'simple-statistics'
import { parse, stringify } from 'yaml'
import { compile } from '../../src/datapath/compile.ts'
import { readPoints, sweeps } from '../../src/keep/sweep-store.ts'
import type { Growth } from '../../src/sweep/findings.ts'
import { changedText } from '../netns/own-scenario.ts'

const [count = '20', ...runArguments] = process.argv.slice(2)
const project = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'pathbench-slope-'))

const program = `#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 iterations = 0;

SEC("tc")
int looped(struct __sk_buff *skb)
{
	__u32 value = skb->len;

	for (__u32 i = 0; i < iterations && i < 4096; i++) {
		value = value * 1664525 + 1013904223;
		/* Each waits for the one before. */
		asm volatile("" : "+r"(value));
	}
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
`

function scenarioText(): string {
  const scenario = parse(changedText('redirect-vs-stack', [[['loads'], undefined]])) as {
    parameters?: object
    paths: Record<string, object>
  }
  const { stack, control, floor } = scenario.paths
  const looped = {
    ...stack,
    role: 'candidate',
    title: "the kernel's own forwarding, behind a loop",
    needs: ['tc-bpf', 'run-counts'],
    programs: [
      {
        object: 'looped.bpf.c',
        program: 'looped',
        ...{ hook: 'tc/ingress', namespace: 'netns-2', device: 'veth1@2' },

        constants: { iterations: '${iterations}' },
        sample: { source: '10.10.2.11:40000', destination: '10.10.3.20:7000' },
      },
    ],
  }
  return stringify({ ...scenario, parameters: { iterations: 0 }, paths: { stack, looped, control, floor } })
}

const lengths = [0, 250, 500, 1000]

/** Of each length 15 test-runs in turns, 15 to 25 ms each: a longer interruption that hits one does not count. */
const turns = 15
const repeat = 20_000

/** @returns ns per iteration: the line through the medians of what the kernel says that a run took, about 1 s in all */
async function testRunSlope(): Promise<number> {
  const pins = await Promise.all(
    lengths.map(async (length) => {
      const source = join(folder, `looped-${length}.bpf.c`)
      writeFileSync(source, program.replace('iterations = 0', `iterations = ${length}`))
      return { length, object: (await compile(source)).file, pin: `/sys/fs/bpf/looped-${length}` }
    }),
  )
  const script = `set -e
    mount -t bpf bpf /sys/fs/bpf
    ${pins.map(({ object, pin }) => `bpftool prog load '${object}' ${pin}`).join('\n')}
    for turn in $(seq ${turns}); do
      ${pins.map(({ pin }) => `head -c 64 /dev/zero | bpftool -j prog run pinned ${pin} data_in - repeat ${repeat}`).join('\n')}
    done`
  const { stdout } = await execa('unshare', ['--mount', 'sh', '-c', script])
  const averages = [...stdout.matchAll(/"duration":(\d+)/g)].map(([, ns]) => Number(ns))
  return linearRegression(
    lengths.map((length, place) => [
      length,
      median(averages.filter((_, index) => index % lengths.length === place)),
    ]),
  ).m
}

/** Sweeps once. @returns ns per iteration: of the program by itself in the sweep's runs, and of each figure of traffic */
async function sweepOnce(): Promise<{ byItself: number; growths: readonly Growth[] }> {
  const { stdout, stderr, exitCode } = await execa(
    join(project, 'bench'),
    [
      ...[
        'run',
        join(folder, 'slope.yaml'),
        '--sweep',
        `iterations=${lengths.join(',')}`,
        '--json',
        '--quiet',
      ],
      ...['--no-report', '--results', folder, ...runArguments],
    ],
    { reject: false },
  )
  const stored = sweeps.list(folder).at(-1)
  if (exitCode !== 0 || stored === undefined) throw new Error(`the sweep ended with ${exitCode}: ${stderr}`)
  const { kept: sweep } = sweeps.read(folder, stored.folder)
  const records = readPoints(stored.folder, sweep)
  const costs = sweep.points.flatMap(({ values, runId }) => {
    const cost = records.get(runId)?.derived.programCost?.find(({ path }) => path === 'looped')
    return cost === undefined ? [] : [[Number(values.iterations), cost.estimate]]
  })
  const { growths } = JSON.parse(stdout) as { growths: Growth[] }
  return { byItself: linearRegression(costs).m, growths: growths.filter(({ path }) => path === 'looped') }
}

const told = ['routerCost', 'costNs', 'throughputPps', 'rttNs.p50', 'pacedForwardNs.p50']
const held = new Map(told.map((metric) => [metric, 0]))

try {
  writeFileSync(join(folder, 'slope.yaml'), scenarioText())
  writeFileSync(join(folder, 'looped.bpf.c'), program)
  for (let sweep = 1; sweep <= Number(count); sweep += 1) {
    const before = await testRunSlope()
    const { byItself, growths } = await sweepOnce()
    const averaged = (before + (await testRunSlope())) / 2
    const [least, most] = [Math.min(byItself, averaged), Math.max(byItself, averaged)]
    const words = told.map((metric) => {
      const slope = growths.find((growth) => growth.metric === metric)?.perStep
      if (slope === undefined || slope.low === null || slope.high === null) return `${metric} no interval`
      const holds = slope.low <= most && least <= slope.high
      if (holds) held.set(metric, (held.get(metric) ?? 0) + 1)
      return `${metric} ${slope.estimate.toFixed(3)} (${slope.low.toFixed(3)} to ${slope.high.toFixed(3)})${holds ? '' : ' ≠'}`
    })
    console.log(
      `sweep ${sweep}: ${byItself.toFixed(3)} ns per iteration uninterrupted, ${averaged.toFixed(3)} averaged; ${words.join('; ')}`,
    )
  }
  console.log([...held].map(([metric, times]) => `${metric}: held in ${times} of ${count}`).join('\n'))
} finally {
  rmSync(folder, { recursive: true })
}
