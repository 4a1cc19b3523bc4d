/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Latency histogram in HDR layout (HdrHistogram, Gil Tene): buckets of equal width within a power
 * of two, at least 1024 of them, so a bucket is at most 1/1024 of its values wide. Recording costs
 * the same for every value, and memory does not depend on how many there are.
 */
#ifndef UDPGEN_HISTOGRAM_H
#define UDPGEN_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_MANTISSA_BITS 11
#define HISTOGRAM_HALF		(1u << (HISTOGRAM_MANTISSA_BITS - 1))
/* The largest value with a bucket, about 68.7 s; larger ones count there. */
#define HISTOGRAM_VALUE_BITS 36
#define HISTOGRAM_VALUE_MAX  ((1ull << HISTOGRAM_VALUE_BITS) - 1)
#define HISTOGRAM_BUCKETS \
	((HISTOGRAM_VALUE_BITS - HISTOGRAM_MANTISSA_BITS) * HISTOGRAM_HALF + 2 * HISTOGRAM_HALF)

struct histogram {
	uint64_t count;
	/* Exact, also of values beyond HISTOGRAM_VALUE_MAX. min and max hold where count > 0. */
	uint64_t min_ns;
	uint64_t max_ns;
	uint64_t sum_ns;
	uint32_t buckets[HISTOGRAM_BUCKETS];
};

/*
 * e = max(0, bit length of the value − 11), index = e * 1024 + (value >> e): bucket i of exponent
 * e holds the values [(i − e * 1024) << e, (i − e * 1024 + 1) << e).
 */
static inline uint32_t histogram_index(uint64_t value_ns)
{
	uint64_t value = value_ns > HISTOGRAM_VALUE_MAX ? HISTOGRAM_VALUE_MAX : value_ns;
	/* | 1: the bit length of 0 is not defined for the builtin, and its exponent is 0 too. */
	int bit_length = 64 - __builtin_clzll(value | 1);
	int exponent =
		bit_length > HISTOGRAM_MANTISSA_BITS ? bit_length - HISTOGRAM_MANTISSA_BITS : 0;

	return (uint32_t)exponent * HISTOGRAM_HALF + (uint32_t)(value >> exponent);
}

static inline void histogram_record(struct histogram *histogram, uint64_t value_ns)
{
	if (histogram->count == 0 || value_ns < histogram->min_ns)
		histogram->min_ns = value_ns;
	if (histogram->count == 0 || value_ns > histogram->max_ns)
		histogram->max_ns = value_ns;
	histogram->count++;
	histogram->sum_ns += value_ns;
	histogram->buckets[histogram_index(value_ns)]++;
}

/* Empties it, at the cost of the range that was used. */
void histogram_reset(struct histogram *histogram);

#endif
