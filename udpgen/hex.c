// SPDX-License-Identifier: Apache-2.0
#include "hex.h"

#include <string.h>

static const char alphabet[] = "0123456789abcdef";

/* The value of a hexadecimal digit, or −1. */
static int digit_value(char digit)
{
	const char *found = digit ? strchr(alphabet, digit) : NULL;

	return found ? (int)(found - alphabet) : -1;
}

long hex_decode(const char *digits, unsigned char *bytes, size_t bytes_max)
{
	size_t count = strlen(digits);

	if (count % 2 != 0 || count / 2 > bytes_max)
		return HEX_WRONG_SIZE;
	for (size_t i = 0; i < count; i += 2) {
		int high = digit_value(digits[i]), low = digit_value(digits[i + 1]);

		if (high < 0 || low < 0)
			return HEX_WRONG_DIGIT;
		bytes[i / 2] = (unsigned char)(high << 4 | low);
	}
	return (long)(count / 2);
}

void hex_encode(const unsigned char *bytes, size_t count, char *digits)
{
	for (size_t i = 0; i < count; i++) {
		*digits++ = alphabet[bytes[i] >> 4];
		*digits++ = alphabet[bytes[i] & 15];
	}
	*digits = 0;
}
