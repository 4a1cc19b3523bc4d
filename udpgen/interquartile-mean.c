// SPDX-License-Identifier: Apache-2.0
#include "interquartile-mean.h"

#include <stdlib.h>

static int compare(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

double interquartile_mean(uint32_t *values, size_t count)
{
	size_t quarter = count / 4;
	uint64_t sum = 0;

	qsort(values, count, sizeof(*values), compare);
	for (size_t i = quarter; i < count - quarter; i++)
		sum += values[i];
	return (double)sum / (double)(count - 2 * quarter);
}
