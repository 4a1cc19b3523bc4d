/** Whether this machine runs virtual machines on its own processor (Documentation/virt/kvm/api.rst). */
import { existsSync } from 'node:fs'

export const hasKvm = (): boolean => existsSync('/dev/kvm')
