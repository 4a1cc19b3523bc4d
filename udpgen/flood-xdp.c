// SPDX-License-Identifier: Apache-2.0
/* A flood of whole frames that a program in the kernel makes and sends, with no skb before the device. */
#include <string.h>

#include "flood.h"
#include "live-program.h"
#include "namespace.h"
#include "payload-pattern.h"

static unsigned char frame[sizeof(((struct flow_frame *)0)->head) + FRAME_PAYLOAD_BYTES_MAX];

void xdp_arrange(const struct run *run)
{
	const struct trial *trial = run->trial;
	const struct path *path = trial->path;
	struct live_flood *flood = live_flood();
	uint32_t head_bytes = path->frames.head_bytes;

	run->record->send_error = flood ? frames_of_trial(trial, flood->frames) : EBADF;
	if (run->record->send_error)
		return;
	flood->first_ns = flood->last_ns = 0;
	flood->sequence = flood->made = 0;
	flood->packets = trial->packets;
	flood->flow = path->next_flow;
	flood->turn_left = flood->burst = burst_packets(trial);
	flood->flows_count = path->flows_count;
	flood->head_bytes = head_bytes;
	flood->header = (struct packet_header){ .trial_id = trial->id, .kind = PACKET_FLOOD };
	memcpy(frame + head_bytes + sizeof(struct packet_header), payload_pattern,
	       trial->payload_bytes - sizeof(struct packet_header));
}

/* A batch more than there are frames in: when it begins, these have left. */
static uint32_t frames_to_make(uint32_t packets)
{
	return (packets + LIVE_BATCH_FRAMES - 1) / LIVE_BATCH_FRAMES * LIVE_BATCH_FRAMES +
	       LIVE_BATCH_FRAMES;
}

/* In the client's namespace, where the route's device has its number. */
static int run_there(const struct trial *trial)
{
	const struct path_frames *path = &trial->path->frames;
	struct failure failure;
	int own_namespace, error;

	if (!enter_open_namespace(path->namespace, "", &own_namespace, &failure))
		return EPERM;
	error = live_program_run(frame, path->head_bytes + trial->payload_bytes,
				 frames_to_make(trial->packets));
	leave_namespace(own_namespace);
	return error;
}

void xdp_send(const struct run *run)
{
	struct path *path = run->trial->path;
	struct record *record = run->record;
	const struct live_flood *flood = live_flood();

	record->send_error = run_there(run->trial);
	record->sent = flood->sequence;
	if (record->sent == 0)
		return;
	/*
	 * What the kernel does before the first frame and after the last is not the path's: it makes pages, and patches its
	 * code for the program (bpf_prog_change_xdp()), which took 0.6 ms a trial.
	 */
	record->start_ns = flood->first_ns;
	record->sent_ns = flood->last_ns;
	path->next_flow = flood->flow + 1 >= path->flows_count ? 0 : flood->flow + 1;
}
