// SPDX-License-Identifier: Apache-2.0
/* Reading and writing, which end the process where they fail. */
#ifndef RUNNER_IO_H
#define RUNNER_IO_H

#include <stddef.h>
#include <stdint.h>

/* Says what could not be done and why, by errno, and ends the process. */
__attribute__((noreturn)) void give_up(const char *what);

/* A file in memory, closed where a tool begins. */
int memory_file(void);

void write_all(int file, const void *bytes, size_t length);

/* A number as it goes to the caller: four bytes in network order. */
void send_number(int connection, uint32_t number);

/* Sends what a file in memory holds from its start on, `length` bytes. */
void send_bytes(int connection, int file, size_t length);

/* The length of what a file in memory holds. */
size_t length_of(int file);

#endif
