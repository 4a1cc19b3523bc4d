import type { Need } from './need.ts'

export const ipvs: Need = {
  name: 'ipvs',
  why: "IPVS, the kernel's own load balancer",
  remedy: 'modprobe ip_vs ip_vs_rr (CONFIG_IP_VS, CONFIG_IP_VS_RR), apt-get install ipvsadm',
  isAlways: false,
  buildsOn: [],
  tools: ['ipvsadm'],
  trial: () => [
    { command: ['ipvsadm', '--add-service', '--udp-service', '192.0.2.1:1', '--scheduler', 'rr'] },
  ],
  undo: () => ({ command: ['ipvsadm', '--clear'] }),
}
