// SPDX-License-Identifier: Apache-2.0
#include "sink-frame.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* RFC 1071, of what begins at an even place. */
static uint64_t add_words(uint64_t sum, const void *bytes, size_t count)
{
	const unsigned char *from = bytes;
	size_t i;

	for (i = 0; i + 4 <= count; i += 4) {
		uint32_t word;

		memcpy(&word, from + i, sizeof(word));
		sum += word;
	}
	if (i < count) {
		uint32_t rest = 0;

		memcpy(&rest, from + i, count - i);
		sum += rest;
	}
	return sum;
}

static uint16_t folded(uint64_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* What an IP header says of a datagram. */
struct said {
	const unsigned char *udp;
	/* From the UDP header on. */
	size_t bytes;
	/* Of source and target address. */
	uint64_t addresses_sum;
	bool may_lack_checksum;
};

static bool read_ipv4(const unsigned char *packet, size_t bytes, struct said *said)
{
	struct iphdr ip;

	if (bytes < sizeof(ip))
		return false;
	memcpy(&ip, packet, sizeof(ip));
	if (ip.version != 4 || ip.ihl != 5 || ip.protocol != IPPROTO_UDP ||
	    ntohs(ip.tot_len) < sizeof(ip) || ntohs(ip.tot_len) > bytes ||
	    folded(add_words(0, packet, sizeof(ip))) != 0xffff)
		return false;
	*said = (struct said){
		.udp = packet + sizeof(ip),
		.bytes = ntohs(ip.tot_len) - sizeof(ip),
		.addresses_sum = add_words(0, packet + offsetof(struct iphdr, saddr), 8),
		.may_lack_checksum = true,
	};
	return true;
}

static bool read_ipv6(const unsigned char *packet, size_t bytes, struct said *said)
{
	struct ipv6hdr ip;

	if (bytes < sizeof(ip))
		return false;
	memcpy(&ip, packet, sizeof(ip));
	if (ip.version != 6 || ip.nexthdr != IPPROTO_UDP ||
	    ntohs(ip.payload_len) > bytes - sizeof(ip))
		return false;
	*said = (struct said){
		.udp = packet + sizeof(ip),
		.bytes = ntohs(ip.payload_len),
		.addresses_sum = add_words(0, packet + offsetof(struct ipv6hdr, saddr), 32),
	};
	return true;
}

static bool is_sound(const struct said *said, const struct udphdr *udp)
{
	uint64_t pseudo = said->addresses_sum + htons(IPPROTO_UDP) + udp->len;

	if (udp->check == 0)
		return said->may_lack_checksum;
	return folded(add_words(pseudo, said->udp, ntohs(udp->len))) == 0xffff ||
	       udp->check == folded(pseudo);
}

const unsigned char *frame_payload(const unsigned char *frame, size_t frame_bytes,
				   const unsigned char *mac, size_t *payload_bytes)
{
	const unsigned char *packet = frame + ETH_HLEN;
	struct said said;
	struct udphdr udp;
	struct ethhdr eth;
	bool is_read;

	if (frame_bytes < sizeof(eth))
		return NULL;
	memcpy(&eth, frame, sizeof(eth));
	if (memcmp(eth.h_dest, mac, ETH_ALEN) != 0)
		return NULL;
	is_read = eth.h_proto == htons(ETH_P_IP) ? read_ipv4(packet, frame_bytes - ETH_HLEN, &said)
						 : read_ipv6(packet, frame_bytes - ETH_HLEN, &said);
	if (!is_read || said.bytes < sizeof(udp))
		return NULL;
	memcpy(&udp, said.udp, sizeof(udp));
	if (ntohs(udp.len) < sizeof(udp) || ntohs(udp.len) > said.bytes || !is_sound(&said, &udp))
		return NULL;
	*payload_bytes = ntohs(udp.len) - sizeof(udp);
	return said.udp + sizeof(udp);
}
