// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "interquartile-mean.h"

static void quarters_at_both_ends_are_left_out(void)
{
	uint32_t values[] = { 1000000, 40, 0, 43, 42, 41, 44, 2000000 };

	/* 41, 42, 43, 44 */
	CHECK_EQUAL(interquartile_mean(values, 8) * 10, 425);
}

static void a_quarter_is_rounded_down(void)
{
	uint32_t one[] = { 7 }, three[] = { 9, 1, 2 }, five[] = { 5, 1, 100, 4, 3 };

	CHECK_EQUAL(interquartile_mean(one, 1), 7);
	CHECK_EQUAL(interquartile_mean(three, 3), 4);
	CHECK_EQUAL(interquartile_mean(five, 5), 4);
}

int main(void)
{
	quarters_at_both_ends_are_left_out();
	a_quarter_is_rounded_down();
	return EXIT_SUCCESS;
}
