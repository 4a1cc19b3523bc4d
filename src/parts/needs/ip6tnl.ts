import { deviceTrial } from './device-trial.ts'
import type { Need } from './need.ts'

export const ip6tnl: Need = {
  name: 'ip6tnl',
  why: 'links of kind ip6tnl',
  remedy: 'modprobe ip6_tunnel (CONFIG_IPV6_TUNNEL)',
  isAlways: false,
  buildsOn: [],
  trial: deviceTrial(['ip6tnl', 'mode', 'ip6ip6', 'local', '2001:db8::1', 'remote', '2001:db8::2']),
}
