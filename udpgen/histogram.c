// SPDX-License-Identifier: Apache-2.0
#include "histogram.h"

#include <string.h>

void histogram_reset(struct histogram *histogram)
{
	if (histogram->count > 0) {
		uint32_t lowest = histogram_index(histogram->min_ns);
		uint32_t highest = histogram_index(histogram->max_ns);

		memset(&histogram->buckets[lowest], 0,
		       (highest - lowest + 1) * sizeof(histogram->buckets[0]));
	}
	histogram->count = 0;
	histogram->min_ns = 0;
	histogram->max_ns = 0;
	histogram->sum_ns = 0;
}
