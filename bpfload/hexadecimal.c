// SPDX-License-Identifier: Apache-2.0
#include "hexadecimal.h"

#include <string.h>

static const char alphabet[] = "0123456789abcdef";

bool bytes_from_hexadecimal(unsigned char *bytes, size_t size, const char *digits)
{
	if (strlen(digits) != 2 * size || strspn(digits, alphabet) != 2 * size)
		return false;
	for (size_t i = 0; i < size; i++) {
		size_t high = (size_t)(strchr(alphabet, digits[2 * i]) - alphabet);
		size_t low = (size_t)(strchr(alphabet, digits[2 * i + 1]) - alphabet);

		bytes[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

void hexadecimal_from_bytes(char *digits, const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		digits[2 * i] = alphabet[bytes[i] >> 4];
		digits[2 * i + 1] = alphabet[bytes[i] & 0xf];
	}
	digits[2 * size] = '\0';
}
