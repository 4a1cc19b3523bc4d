// SPDX-License-Identifier: Apache-2.0
#include "packet-batch.h"

void packet_batch_arrange(struct packet_batch *batch, uint32_t payload_bytes)
{
	unsigned char *next = batch->storage[0].payload;
	const size_t alignment = _Alignof(union packet);

	for (int i = 0; i < BATCH_PACKETS; i++) {
		batch->packets[i] = (union packet *)next;
		batch->vectors[i] = (struct iovec){ .iov_base = next, .iov_len = payload_bytes };
		batch->messages[i].msg_hdr = (struct msghdr){
			.msg_iov = &batch->vectors[i],
			.msg_iovlen = 1,
		};
		next += (payload_bytes + alignment - 1) / alignment * alignment;
	}
}
