// SPDX-License-Identifier: Apache-2.0
#include "fields.h"

bool check_range(json_int_t value, const char *name, json_int_t low, json_int_t high,
		 struct failure *failure)
{
	if (value < low || value > high)
		return fail(failure, "%s is %lld, expected %lld to %lld", name, (long long)value,
			    (long long)low, (long long)high);
	return true;
}

bool parse_namespace(const char **namespace, json_t *value, struct failure *failure)
{
	if (value && !json_is_null(value) && !json_is_string(value))
		return fail(failure, "namespace is neither a file name nor null");
	*namespace = json_string_value(value);
	return true;
}
