// SPDX-License-Identifier: Apache-2.0
#include "http-date.h"

#include <string.h>

bool is_http_date_within(const char *bytes, time_t first, time_t last)
{
	for (time_t time = first - HTTP_DATE_SLACK_S; time <= last + HTTP_DATE_SLACK_S; time++) {
		char date[HTTP_DATE_BYTES + 1];
		struct tm parts;

		/* Names of days and months are the C locale's: setlocale() is never called. */
		if (gmtime_r(&time, &parts) &&
		    strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &parts) ==
			    HTTP_DATE_BYTES &&
		    memcmp(bytes, date, HTTP_DATE_BYTES) == 0)
			return true;
	}
	return false;
}
