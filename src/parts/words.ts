/** What names, numbers and addresses look like in a scenario file; titles say it where keys are explained. */
import { z } from 'zod'
import { asWritten } from './ip-address.ts'

/** A whole number. @param words what is expected, with its bounds */
export const whole = (words: string, least: number, most: number) =>
  z.int(words).min(least, words).max(most, words)

/** IFNAMSIZ - 1: the kernel's limit for a device's name (include/uapi/linux/if.h). */
export const deviceNameLimit = 15

/**
 * A name that the kernel takes as it is, and ip(8) in a batch: dev_valid_name() and __dev_alloc_name() in
 * net/core/dev.c count bytes and give "%d" a meaning; in a batch "#" begins a comment, and quotes quote.
 */
export const deviceName = z
  .string()
  .max(deviceNameLimit, `a device name of at most ${deviceNameLimit} characters, the kernel's limit`)
  // The kernel takes more. These need no quotes where `ip -batch` and tc read lines of words, and are no option.
  .regex(/^[\w.@+~=,^][\w.@+~=,^-]*$/, 'a device name of letters, digits and any of . _ - @ + ~ = , ^')
  .refine((name) => !['.', '..', 'lo', 'all', 'default'].includes(name), {
    error: 'a device name other than this',
  })
  .meta({ title: 'device name' })

export const plainName = z
  .string()
  .max(40, 'a name of at most 40 characters')
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'a name of lower-case letters, digits and "-"')
  .meta({ title: 'name' })

const shareWords = 'a share, as in 1% or 0.01, below 100%'
/** A share of a whole, 0 to 1. */
export const share = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?%$/)], { error: shareWords })
  .transform((value) => (typeof value === 'string' ? Number(value.slice(0, -1)) / 100 : value))
  .refine((value) => value >= 0 && value < 1, { error: shareWords })
  .meta({ title: 'share, as in 1% or 0.01' })

export const port = whole('a port, 1 to 65535', 1, 65535)
export const ipAddress = z
  .union([z.ipv4(), z.ipv6()], { error: 'an IP address' })
  .overwrite(asWritten)
  .meta({ title: 'IP address' })
export const prefix = z
  .union([z.cidrv4(), z.cidrv6()], {
    error: 'an IP address with its prefix length, as in 10.10.2.11/24',
  })
  .overwrite(asWritten)
  .meta({ title: 'IP address with its prefix length' })
export const macAddress = z
  .mac({ error: 'a MAC address, as in 02:00:00:00:00:01' })
  .meta({ title: 'MAC address' })
export const line = z
  .string()
  .min(1, 'a text')
  .regex(/^[^\n]*$/, 'a single line')
  .meta({ title: 'line of text' })
