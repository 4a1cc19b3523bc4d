// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "histogram.h"

static struct histogram histogram;

/* Up to 2^11 every value has a bucket; then the width doubles with every power of two. */
static void indices_follow_the_layout(void)
{
	CHECK_EQUAL(histogram_index(0), 0);
	CHECK_EQUAL(histogram_index(1), 1);
	CHECK_EQUAL(histogram_index(2047), 2047);
	CHECK_EQUAL(histogram_index(2048), 2048);
	CHECK_EQUAL(histogram_index(2049), 2048);
	CHECK_EQUAL(histogram_index(2050), 2049);
	CHECK_EQUAL(histogram_index(4095), 3071);
	CHECK_EQUAL(histogram_index(4096), 3072);
	CHECK_EQUAL(histogram_index(1000000), 9 * 1024 + 1953);
	CHECK_EQUAL(histogram_index(HISTOGRAM_VALUE_MAX), HISTOGRAM_BUCKETS - 1);
	CHECK_EQUAL(histogram_index(HISTOGRAM_VALUE_MAX + 1), HISTOGRAM_BUCKETS - 1);
	CHECK_EQUAL(histogram_index(UINT64_MAX), HISTOGRAM_BUCKETS - 1);
	CHECK_EQUAL(HISTOGRAM_BUCKETS, 27648);
}

/* At each power of two and one below it: no index is skipped and none is shared with a lower one. */
static void indices_rise_without_gaps(void)
{
	for (int bits = 1; bits < HISTOGRAM_VALUE_BITS; bits++) {
		uint64_t power = 1ull << bits;

		CHECK_EQUAL(histogram_index(power), histogram_index(power - 1) + 1);
	}
}

static void figures_are_exact(void)
{
	histogram_reset(&histogram);
	histogram_record(&histogram, 7001);
	histogram_record(&histogram, 5);
	histogram_record(&histogram, HISTOGRAM_VALUE_MAX + 10);
	CHECK_EQUAL(histogram.count, 3);
	CHECK_EQUAL(histogram.min_ns, 5);
	CHECK_EQUAL(histogram.max_ns, HISTOGRAM_VALUE_MAX + 10);
	CHECK_EQUAL(histogram.sum_ns, 7006 + HISTOGRAM_VALUE_MAX + 10);
	CHECK_EQUAL(histogram.buckets[5], 1);
	CHECK_EQUAL(histogram.buckets[histogram_index(7001)], 1);
	CHECK_EQUAL(histogram.buckets[HISTOGRAM_BUCKETS - 1], 1);
}

static void reset_leaves_nothing(void)
{
	uint64_t total = 0;

	for (uint64_t value = 1; value < UINT64_MAX / 3; value *= 3)
		histogram_record(&histogram, value);
	histogram_reset(&histogram);
	for (uint32_t i = 0; i < HISTOGRAM_BUCKETS; i++)
		total += histogram.buckets[i];
	CHECK_EQUAL(total, 0);
	CHECK_EQUAL(histogram.count, 0);
	CHECK_EQUAL(histogram.sum_ns, 0);
	histogram_record(&histogram, 9);
	CHECK_EQUAL(histogram.min_ns, 9);
	CHECK_EQUAL(histogram.max_ns, 9);
}

int main(void)
{
	indices_follow_the_layout();
	indices_rise_without_gaps();
	figures_are_exact();
	reset_leaves_nothing();
	return EXIT_SUCCESS;
}
