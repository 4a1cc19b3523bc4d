// SPDX-License-Identifier: Apache-2.0

// own-loader OBJECT PROGRAM DEVICE: a loader as users have them, on cilium/ebpf. Attaches an XDP program by a link, says
// so, and keeps it there until it is ended.
package main

import (
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"
)

func main() {
	object, program, device := os.Args[1], os.Args[2], os.Args[3]
	specification, err := ebpf.LoadCollectionSpec(object)
	if err != nil {
		log.Fatal(err)
	}
	collection, err := ebpf.NewCollection(specification)
	if err != nil {
		log.Fatal(err)
	}
	found, err := net.InterfaceByName(device)
	if err != nil {
		log.Fatal(err)
	}
	_, err = link.AttachXDP(link.XDPOptions{
		Program:   collection.Programs[program],
		Interface: found.Index,
		Flags:     link.XDPGenericMode,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("attached", program)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt)
	<-ended
}
