/** That devices were not given back, which is told whatever came of the run. */
import { BenchError } from '../host/errors.ts'

export class NotGivenBack extends BenchError {
  constructor(devices: string, where: string) {
    super(`Could not give ${devices} back to ${where}`, {
      trouble: 'failed',
      hint: 'look there by `ip link`: a physical device is in the first namespace, perhaps under another name, and down',
    })
    this.name = 'NotGivenBack'
  }
}
