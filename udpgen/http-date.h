/* SPDX-License-Identifier: Apache-2.0 */
/* The date in the head of an answer (RFC 9110, 5.6.7): no two answers need have it in common. */
#ifndef UDPGEN_HTTP_DATE_H
#define UDPGEN_HTTP_DATE_H

#include <stdbool.h>
#include <time.h>

/* "Sun, 06 Nov 1994 08:49:37 GMT" */
#define HTTP_DATE_BYTES 29

/* How far the clock that a server keeps may be from the one that is read here. */
#define HTTP_DATE_SLACK_S 2

/* True if the bytes are the date of some second from `first` to `last`, give or take the slack. */
bool is_http_date_within(const char *bytes, time_t first, time_t last);

#endif
