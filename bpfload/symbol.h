/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BPFLOAD_SYMBOL_H
#define BPFLOAD_SYMBOL_H

#include <linux/types.h>
#include <stdbool.h>

#define SYMBOL_BYTES_MAX 128

/* The function of the kernel's that an address is in; false where the kernel does not say (kptr_restrict). */
bool find_symbol(__u64 address, char name[SYMBOL_BYTES_MAX]);

#endif
