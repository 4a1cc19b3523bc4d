import type { Need } from './need.ts'

export const runCounts: Need = {
  name: 'run-counts',
  why: 'proves that a program ran: the kernel counts its runs',
  remedy: 'a kernel from 5.8 on, which has BPF_ENABLE_STATS; a container needs CAP_SYS_ADMIN',
  isAlways: false,
  buildsOn: [],
  trial: ({ loader }) => [{ command: [...loader, 'stats'] }],
}
