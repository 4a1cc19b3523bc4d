/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_HEX_H
#define UDPGEN_HEX_H

#include <stddef.h>

#define HEX_WRONG_DIGIT (-1)
#define HEX_WRONG_SIZE	(-2)

/* Reads pairs of hexadecimal digits. Gives the count of bytes, or what is wrong. */
long hex_decode(const char *digits, unsigned char *bytes, size_t bytes_max);

/* Writes two digits a byte and a final zero. */
void hex_encode(const unsigned char *bytes, size_t count, char *digits);

#endif
