// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "tally.h"

static struct tally tally;

static void arrivals(const uint32_t *sequences, int count)
{
	for (int i = 0; i < count; i++)
		tally_arrival(&tally, sequences[i], 0);
}

static void packets_in_order_are_just_received(void)
{
	tally_reset(&tally, PACKETS_MAX, 1);
	for (uint32_t i = 0; i < PACKETS_MAX; i++)
		CHECK_EQUAL(tally_arrival(&tally, i, 0), true);
	CHECK_EQUAL(tally.received, PACKETS_MAX);
	CHECK_EQUAL(tally.reordered, 0);
	CHECK_EQUAL(tally.duplicated, 0);
}

/* RFC 4737 section 3.3: only packets behind the highest are reordered, and a gap is not. */
static void only_packets_behind_the_highest_are_reordered(void)
{
	const uint32_t sequences[] = { 0, 1, 4, 2, 3, 7, 5, 8 };

	tally_reset(&tally, 9, 1);
	arrivals(sequences, 8);
	CHECK_EQUAL(tally.received, 8);
	CHECK_EQUAL(tally.reordered, 3);
	CHECK_EQUAL(tally.duplicated, 0);
}

/* What two servers have waiting is read one after the other, whatever order it came in. */
static void an_order_is_kept_by_each_flow_for_itself(void)
{
	tally_reset(&tally, 9, FLOWS_MAX);
	tally_arrival(&tally, 4, FLOWS_MAX - 1);
	tally_arrival(&tally, 8, FLOWS_MAX - 1);
	tally_arrival(&tally, 0, 0);
	tally_arrival(&tally, 5, 0);
	CHECK_EQUAL(tally.reordered, 0);
	tally_arrival(&tally, 7, FLOWS_MAX - 1);
	tally_arrival(&tally, 1, 0);
	CHECK_EQUAL(tally.reordered, 2);
	tally_reset(&tally, 9, FLOWS_MAX);
	tally_arrival(&tally, 0, FLOWS_MAX - 1);
	CHECK_EQUAL(tally.reordered, 0);
}

static void a_duplicate_is_neither_received_nor_reordered(void)
{
	const uint32_t sequences[] = { 0, 1, 1, 0, 2, 1 };

	tally_reset(&tally, 64, 1);
	arrivals(sequences, 6);
	CHECK_EQUAL(tally.received, 3);
	CHECK_EQUAL(tally.reordered, 0);
	CHECK_EQUAL(tally.duplicated, 3);
	CHECK_EQUAL(tally_arrival(&tally, 2, 0), false);
}

static void a_sequence_number_beyond_the_trial_does_not_count(void)
{
	tally_reset(&tally, 3, 1);
	CHECK_EQUAL(tally_arrival(&tally, 3, 0), false);
	CHECK_EQUAL(tally_arrival(&tally, UINT32_MAX, 0), false);
	CHECK_EQUAL(tally.received, 0);
	CHECK_EQUAL(tally.duplicated, 0);
}

static void reset_forgets_every_arrival(void)
{
	const uint32_t sequences[] = { 0, 63, 64, 127, 128, PACKETS_MAX - 1 };

	tally_reset(&tally, PACKETS_MAX, 1);
	arrivals(sequences, 6);
	tally_reset(&tally, PACKETS_MAX, 1);
	arrivals(sequences, 6);
	CHECK_EQUAL(tally.received, 6);
	CHECK_EQUAL(tally.duplicated, 0);
}

int main(void)
{
	packets_in_order_are_just_received();
	only_packets_behind_the_highest_are_reordered();
	an_order_is_kept_by_each_flow_for_itself();
	a_duplicate_is_neither_received_nor_reordered();
	a_sequence_number_beyond_the_trial_does_not_count();
	reset_forgets_every_arrival();
	return EXIT_SUCCESS;
}
