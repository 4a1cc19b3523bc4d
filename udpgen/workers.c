// SPDX-License-Identifier: Apache-2.0
#include "workers.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <string.h>

#include "softnet.h"

/* All of it is locked in memory, so not the default of 8 MiB. */
#define STACK_BYTES (512 * 1024)

typedef void (*side)(const struct run *run);

static const side sender_sides[] = {
	[TRIAL_FLOOD] = flood_send,	      [TRIAL_PINGPONG] = pingpong_request,
	[TRIAL_PACED] = paced_send,	      [TRIAL_TCP_RR] = tcp_rr_ask,
	[TRIAL_TCP_STREAM] = tcp_stream_send, [TRIAL_TCP_CRR] = tcp_crr_ask,
};

static const side receiver_sides[] = {
	[TRIAL_FLOOD] = stream_receive,		 [TRIAL_PINGPONG] = pingpong_reply,
	[TRIAL_PACED] = stream_receive,		 [TRIAL_TCP_RR] = tcp_rr_answer,
	[TRIAL_TCP_STREAM] = tcp_stream_receive, [TRIAL_TCP_CRR] = tcp_crr_answer,
};

static pthread_t sender, receiver;
static sem_t sender_may_start, receiver_may_start, worker_finished;

/* The block under way. Written while both threads sleep. */
static struct block *block;
static bool is_blocking;
static int pinned_sender_cpu = -1;
static struct rendezvous rendezvous;
static struct tally tally, reply_tally;

/* A stop and continue of the process ends the wait with EINTR. */
static void take(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		;
}

static struct run run_number(uint32_t number)
{
	return (struct run){
		.trial = &block->trials[number - 1],
		.record = &block->records[number - 1],
		.rendezvous = &rendezvous,
		.number = number,
		.blocking = is_blocking,
		.tally = &tally,
		.reply_tally = &reply_tally,
	};
}

static void *send_blocks(void *unused)
{
	for (;;) {
		take(&sender_may_start);
		for (uint32_t number = 1; number <= block->trials_count; number++) {
			struct run run = run_number(number);
			struct softnet before = softnet_now(pinned_sender_cpu), after;

			sender_sides[run.trial->kind](&run);
			turn_await(&rendezvous.receiver_done, number, is_blocking);
			after = softnet_now(pinned_sender_cpu);
			run.record->sender_cpu_packets = after.sender_cpu - before.sender_cpu;
			run.record->other_cpu_packets = after.other_cpus - before.other_cpus;
		}
		sem_post(&worker_finished);
	}
	return unused;
}

static void *receive_blocks(void *unused)
{
	for (;;) {
		take(&receiver_may_start);
		for (uint32_t number = 1; number <= block->trials_count; number++) {
			struct run run = run_number(number);

			receiver_sides[run.trial->kind](&run);
			/* The next trial's tally and sockets must not be touched before this one's end. */
			turn_await(&rendezvous.sender_done, number, is_blocking);
			/* What a connection carried in part would be taken for the next trial's. */
			if (uses_pool(run.trial) && tcp_error_of(run.record))
				tcp_pool_close(run.trial->tcp.pool);
			turn_raise(&rendezvous.receiver_done, number, is_blocking);
		}
		sem_post(&worker_finished);
	}
	return unused;
}

int workers_start(void)
{
	pthread_attr_t attributes;
	int error;

	sem_init(&sender_may_start, 0, 0);
	sem_init(&receiver_may_start, 0, 0);
	sem_init(&worker_finished, 0, 0);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	error = pthread_create(&sender, &attributes, send_blocks, NULL);
	if (!error)
		error = pthread_create(&receiver, &attributes, receive_blocks, NULL);
	pthread_attr_destroy(&attributes);
	return error;
}

static bool pin(pthread_t thread, const char *role, int cpu, struct failure *failure)
{
	cpu_set_t cpus;
	int error;

	CPU_ZERO(&cpus);
	CPU_SET((size_t)cpu, &cpus);
	error = pthread_setaffinity_np(thread, sizeof(cpus), &cpus);
	if (error)
		return fail(failure, "could not pin the %s to CPU %d: %s", role, cpu,
			    strerror(error));
	return true;
}

bool workers_pin(int sender_cpu, int receiver_cpu, struct failure *failure)
{
	pinned_sender_cpu = sender_cpu;
	return pin(sender, "sender", sender_cpu, failure) &&
	       pin(receiver, "receiver", receiver_cpu, failure);
}

void workers_run(struct block *prepared, bool blocking)
{
	block = prepared;
	is_blocking = blocking;
	memset(&rendezvous, 0, sizeof(rendezvous));
	sem_post(&receiver_may_start);
	sem_post(&sender_may_start);
	take(&worker_finished);
	take(&worker_finished);
}
