/* SPDX-License-Identifier: Apache-2.0 */
/* For the unit tests: ends the program with the line and both values if they differ. */
#ifndef UDPGEN_CHECK_H
#define UDPGEN_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK_EQUAL(actual, expected) \
	check_equal((uint64_t)(actual), (uint64_t)(expected), #actual, __FILE__, __LINE__)

static inline void check_equal(uint64_t actual, uint64_t expected, const char *what,
			       const char *file, int line)
{
	if (actual == expected)
		return;
	fprintf(stderr, "%s:%d: %s is %llu, expected %llu\n", file, line, what,
		(unsigned long long)actual, (unsigned long long)expected);
	exit(EXIT_FAILURE);
}

#endif
