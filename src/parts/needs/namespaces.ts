import type { Need } from './need.ts'

export const namespaces: Need = {
  name: 'namespaces',
  why: 'client, router and server are network namespaces in a private sandbox',
  remedy: 'run as root, on a kernel with CONFIG_NET_NS and CONFIG_PID_NS; a container needs --privileged',
  isAlways: true,
  buildsOn: [],
  trial: () => [],
}
