#!/usr/bin/env python3
"""Checks an MSGI echo from outside, with plain sockets and what docs/PROTOCOL.md says: msgi_echo.py HOST PORT

The server must echo bare peers (`hawser serve --bare echo`) with the default limit of 1 MiB. Prints one line for each
check; exit code 1 if one failed.
"""

import socket
import struct
import sys

PING, PONG, DATA, CONTROL, ERROR, HEARTBEAT, DISCONNECT = 0x01, 0x02, 0x10, 0x20, 0x30, 0x40, 0x50
LIMIT = 1 << 20
PATIENCE_SECONDS = 60


def header(total, kind):
    return b"MSGI" + struct.pack(">IH", total, kind)


def frame(kind, payload=b""):
    return header(10 + len(payload), kind) + payload


def noise(size):
    """Bytes that differ with their size, so that a mixed-up answer is noticed."""
    return bytes((size * 7 + i * 31 + (i >> 8)) & 0xFF for i in range(size))


class Peer:
    def __init__(self, server):
        self.socket = socket.create_connection(server, PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def read(self, size):
        parts = []
        while size > 0:
            part = self.socket.recv(min(size, 1 << 16))
            if not part:
                raise AssertionError("the connection ended %d bytes early" % size)
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def frame(self):
        head = self.read(10)
        assert head[:4] == b"MSGI", head
        total, kind = struct.unpack(">IH", head[4:])
        return kind, self.read(total - 10)

    def expect(self, kind, payload):
        got = self.frame()
        assert got[0] == kind, "type 0x%04x instead of 0x%04x: %r" % (got[0], kind, got[1][:60])
        assert got[1] == payload, "%d bytes differ from the %d expected" % (len(got[1]), len(payload))

    def echoes(self, payload):
        self.send(frame(DATA, payload))
        self.expect(DATA, payload)

    def expect_error(self, code):
        kind, payload = self.frame()
        assert kind == ERROR, "type 0x%04x: %r" % (kind, payload[:60])
        # {"code": N, ...}: the key in text of 4 bytes, the number in 16 bits
        assert b"\x64code\x19" + struct.pack(">H", code) in payload, payload
        self.expect_end()

    def expect_end(self):
        rest = self.socket.recv(1)
        assert rest == b"", "more after the end: %r" % rest


def sizes(server):
    with Peer(server) as peer:
        for size in (0, 1, 1023, 65536, LIMIT - 1, LIMIT):
            peer.echoes(noise(size))


def over_the_limit(server):
    with Peer(server) as peer:
        peer.echoes(noise(1))
        peer.send(header(10 + LIMIT + 1, DATA))
        peer.expect_error(4002)


def cuts(server):
    payload = noise(21)
    whole = frame(DATA, payload)
    with Peer(server) as probe:
        for cut in range(1, len(whole)):
            with Peer(server) as peer:
                peer.send(whole[:cut])
                probe.echoes(b"the first part has arrived, most likely")
                peer.send(whole[cut:])
                peer.expect(DATA, payload)


def byte_by_byte(server):
    payload = noise(100)
    with Peer(server) as peer:
        for byte in frame(DATA, payload) * 2:
            peer.send(bytes([byte]))
        peer.expect(DATA, payload)
        peer.expect(DATA, payload)


def thousand_frames(server):
    with Peer(server) as peer:
        peer.send(b"".join(frame(DATA, noise(i)) for i in range(1000)))
        for i in range(1000):
            peer.expect(DATA, noise(i))


def control_frames(server):
    with Peer(server) as peer:
        peer.send(frame(PING) + frame(HEARTBEAT) + frame(PONG, b"late") + frame(PING, noise(125)) + frame(0x7123, b"?"))
        peer.expect(PONG, b"")
        peer.expect(PONG, noise(125))
        peer.echoes(b"still bare")


def half_close(server):
    with Peer(server) as peer:
        for i in range(50):
            peer.send(frame(DATA, noise(i * 40)))
        peer.socket.shutdown(socket.SHUT_WR)
        for i in range(50):
            peer.expect(DATA, noise(i * 40))
        peer.expect_end()


BAD = (
    (4000, "another magic", b"MSGX" + header(10, DATA)[4:]),
    (4001, "length 0", header(0, DATA)),
    (4001, "length 9", header(9, DATA)),
    (4002, "the largest length", header(0xFFFFFFFF, DATA)),
    (4003, "type 0", frame(0x0000)),
    (4003, "an unknown type", frame(0x0060)),
    (4003, "bit 15 that was not agreed", frame(0x8000 | DATA, b"\0\0\0\0")),
    (4003, "CONTROL in bare mode", frame(CONTROL, b"\xa0")),
    (4004, "a PING of 126 bytes", frame(PING, noise(126))),
    (4004, "a HEARTBEAT with a payload", frame(HEARTBEAT, b"x")),
    (4004, "an ERROR that is no CBOR", frame(ERROR, b"\xff")),
    (4004, "a DISCONNECT that is no map", frame(DISCONNECT, b"\x01")),
)


def bad_inputs(server):
    with Peer(server) as other:
        for code, what, data in BAD:
            try:
                with Peer(server) as peer:
                    peer.echoes(b"good")
                    peer.send(data)
                    other.echoes(noise(100))
                    peer.expect_error(code)
                other.echoes(noise(100))
            except AssertionError as wrong:
                raise AssertionError("%s: %s" % (what, wrong)) from wrong


CHECKS = (sizes, over_the_limit, cuts, byte_by_byte, thousand_frames, control_frames, half_close, bad_inputs)


def main(host, port):
    failed = 0
    for check in CHECKS:
        try:
            check((host, int(port)))
            print("ok", check.__name__)
        except (AssertionError, OSError) as wrong:
            failed = 1
            print("FAILED", check.__name__, repr(wrong))
    return failed


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
