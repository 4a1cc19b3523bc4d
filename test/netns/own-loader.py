# SPDX-License-Identifier: Apache-2.0
"""own-loader OBJECT PROGRAM DEVICE: a loader as users have them, in Python on libbpf. Attaches an XDP program by a link,
says so, and keeps it there until it is ended."""
import ctypes
import signal
import socket
import sys

_, path, name, device = sys.argv
bpf = ctypes.CDLL("libbpf.so.1", use_errno=True)
for function in ("bpf_object__open_file", "bpf_object__find_program_by_name", "bpf_program__attach_xdp"):
    getattr(bpf, function).restype = ctypes.c_void_p

loaded = ctypes.c_void_p(bpf.bpf_object__open_file(path.encode(), None))
if not loaded or bpf.bpf_object__load(loaded) != 0:
    sys.exit("could not load " + path)
program = ctypes.c_void_p(bpf.bpf_object__find_program_by_name(loaded, name.encode()))
link = bpf.bpf_program__attach_xdp(program, socket.if_nametoindex(device))
if not link:
    sys.exit("could not attach " + name)
print("attached", name, flush=True)
signal.pause()
