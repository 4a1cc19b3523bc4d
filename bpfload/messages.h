/* SPDX-License-Identifier: Apache-2.0 */
/* What libbpf says while it works: its warnings, the verifier's log among them. */
#ifndef BPFLOAD_MESSAGES_H
#define BPFLOAD_MESSAGES_H

/* From here on libbpf's warnings are kept, and not printed. */
void messages_keep(void);

void messages_forget(void);

/* The end of what was said since, as a text: a verifier's reason is its last words. */
const char *messages_end(void);

#endif
