import type { Need } from './need.ts'

export const bpf: Need = {
  name: 'bpf',
  why: 'programs are loaded into the kernel',
  remedy: 'a kernel with CONFIG_BPF_SYSCALL, without lockdown=confidentiality; a container needs CAP_BPF',
  isAlways: true,
  buildsOn: [],
  trial: ({ loader, nopOrder }) => [{ command: loader, input: nopOrder }],
  undo: ({ pinFolder }) => ({ command: ['rm', '-r', pinFolder] }),
}
