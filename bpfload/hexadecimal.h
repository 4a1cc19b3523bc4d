/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes written as hexadecimal digits. */
#ifndef BPFLOAD_HEXADECIMAL_H
#define BPFLOAD_HEXADECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* False unless `digits` are just those of `size` bytes, in lower case. */
bool bytes_from_hexadecimal(unsigned char *bytes, size_t size, const char *digits);

/* `digits` has room for two a byte and an end. */
void hexadecimal_from_bytes(char *digits, const unsigned char *bytes, size_t size);

#endif
