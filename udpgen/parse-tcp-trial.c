// SPDX-License-Identifier: Apache-2.0
#include "parse-tcp-trial.h"

#include <string.h>

#include "fields.h"

#define RATE_TPS_MAX 1000000.0

static bool parse_pool(struct trial *trial, json_int_t pool, struct failure *failure)
{
	struct tcp_ends *ends = &trial->path->tcp;

	if (ends->pools_count == 0)
		return fail(failure, "the path was opened without \"tcp\"");
	if (!check_range(pool, "pool", 0, (json_int_t)ends->pools_count - 1, failure))
		return false;
	trial->tcp.pool = &ends->pools[pool];
	return !uses_pool(trial) || trial->tcp.pool->wanted > 0 ||
	       fail(failure, "pool %d has no connections that stay open", (int)pool);
}

static bool parse_timeout(struct trial *trial, json_int_t timeout, struct failure *failure)
{
	trial->timeout_ns = (uint64_t)timeout;
	return check_range(timeout, "timeoutNs", 1, TCP_TIMEOUT_NS_MAX, failure);
}

static bool parse_rate(struct trial *trial, double rate, struct failure *failure)
{
	trial->tcp.rate_tps = rate;
	if (!(rate >= 0 && rate <= RATE_TPS_MAX))
		return fail(failure, "rateTps is not a number above 0 and up to %.0f",
			    RATE_TPS_MAX);
	if (rate > 0 && trial->packets / rate > (double)SCHEDULE_NS_MAX / (double)NS_PER_S)
		return fail(failure, "%u transactions at %g a second take longer than %llu s",
			    trial->packets, rate, SCHEDULE_NS_MAX / NS_PER_S);
	return true;
}

static bool parse_messages(struct trial *trial, json_int_t transactions, json_int_t question_bytes,
			   json_int_t answer_bytes, json_int_t lead, struct failure *failure)
{
	trial->packets = (uint32_t)transactions;
	trial->lead_packets = (uint32_t)lead;
	trial->payload_bytes = (uint32_t)question_bytes;
	trial->tcp.answer_bytes = (uint32_t)answer_bytes;
	return check_range(transactions, "transactions", 1, PACKETS_MAX, failure) &&
	       check_range(lead, "leadTransactions", 0, transactions - 1, failure) &&
	       check_range(question_bytes, "requestBytes", PAYLOAD_BYTES_MIN, TCP_MESSAGE_BYTES_MAX,
			   failure) &&
	       check_range(answer_bytes, "responseBytes", PAYLOAD_BYTES_MIN, TCP_MESSAGE_BYTES_MAX,
			   failure);
}

static bool parse_transactions(struct trial *trial, json_t *value, struct failure *failure)
{
	const char *path, *kind;
	json_int_t pool, transactions, question_bytes, answer_bytes, lead = 0,
								     timeout = TCP_TIMEOUT_NS;
	double rate = 0;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT,
			   "{s:s, s:s, s:I, s:I, s:I, s:I, s?I, s?F, s?I}", "path", &path, "kind",
			   &kind, "pool", &pool, "transactions", &transactions, "requestBytes",
			   &question_bytes, "responseBytes", &answer_bytes, "leadTransactions",
			   &lead, "rateTps", &rate, "timeoutNs", &timeout))
		return fail(failure, "%s", error.text);
	return parse_messages(trial, transactions, question_bytes, answer_bytes, lead, failure) &&
	       parse_rate(trial, rate, failure) && parse_timeout(trial, timeout, failure) &&
	       parse_pool(trial, pool, failure);
}

static bool parse_direction(struct trial *trial, const char *direction, struct failure *failure)
{
	trial->tcp.is_down = strcmp(direction, "down") == 0;
	return trial->tcp.is_down || strcmp(direction, "up") == 0 ||
	       fail(failure, "direction is \"%s\", expected \"up\" or \"down\"", direction);
}

static bool parse_stream(struct trial *trial, json_t *value, struct failure *failure)
{
	const char *path, *kind, *direction = "up";
	json_int_t pool, bytes, lead = 0, send_bytes, timeout = TCP_TIMEOUT_NS;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s:s, s:I, s:I, s?I, s:I, s?s, s?I}",
			   "path", &path, "kind", &kind, "pool", &pool, "bytes", &bytes,
			   "leadBytes", &lead, "sendBytes", &send_bytes, "direction", &direction,
			   "timeoutNs", &timeout))
		return fail(failure, "%s", error.text);
	trial->tcp.bytes = (uint64_t)bytes;
	trial->tcp.lead_bytes = (uint64_t)lead;
	trial->tcp.send_bytes = (uint32_t)send_bytes;
	return check_range(bytes, "bytes", 1, TCP_STREAM_BYTES_MAX, failure) &&
	       check_range(lead, "leadBytes", 0, bytes - 1, failure) &&
	       check_range(send_bytes, "sendBytes", 1, TCP_PIECE_BYTES_MAX, failure) &&
	       parse_direction(trial, direction, failure) &&
	       parse_timeout(trial, timeout, failure) && parse_pool(trial, pool, failure);
}

bool parse_tcp_trial(struct trial *trial, json_t *value, struct failure *failure)
{
	if (trial->kind == TRIAL_TCP_STREAM)
		return parse_stream(trial, value, failure);
	return parse_transactions(trial, value, failure);
}
