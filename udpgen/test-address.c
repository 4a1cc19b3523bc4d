// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "address.h"
#include "check.h"

static struct address parsed(const char *text, uint16_t port)
{
	struct failure failure = { 0 };
	struct address address;

	CHECK_EQUAL(address_parse(&address, text, port, "server", &failure), true);
	return address;
}

static void check_text(const char *text, const char *expected)
{
	struct address address = parsed(text, 7000);
	char written[ADDRESS_TEXT_BYTES];

	CHECK_EQUAL(strcmp(address_text(&address, written), expected), 0);
}

static void both_families_are_read_and_written(void)
{
	check_text("10.0.0.1", "10.0.0.1:7000");
	check_text("fd00:0:0:0::1", "[fd00::1]:7000");
	check_text("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
		   "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:7000");
}

static void check_equals(const char *a, uint16_t a_port, const char *b, uint16_t b_port,
			 bool expected)
{
	struct address first = parsed(a, a_port), second = parsed(b, b_port);

	CHECK_EQUAL(address_equals(&first, &second), expected);
}

static void addresses_equal_whatever_their_spelling(void)
{
	check_equals("fd00::1", 7, "FD00:0:0:0:0:0:0:1", 7, true);
	check_equals("fd00::1", 7, "fd00::1", 8, false);
	check_equals("fd00::1", 7, "fd00::2", 7, false);
	check_equals("10.0.0.1", 7, "10.0.0.1", 7, true);
	check_equals("10.0.0.1", 7, "::ffff:10.0.0.1", 7, false);
}

static void what_is_no_address_is_told(void)
{
	struct failure failure = { 0 };
	struct address address;

	CHECK_EQUAL(address_parse(&address, "fd00::1/64", 7, "target", &failure), false);
	CHECK_EQUAL(strcmp(failure.message, "target address \"fd00::1/64\" is not an IPv4 or IPv6 "
					    "address"),
		    0);
}

int main(void)
{
	both_families_are_read_and_written();
	addresses_equal_whatever_their_spelling();
	what_is_no_address_is_told();
	return EXIT_SUCCESS;
}
