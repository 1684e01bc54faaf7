"""Checks examples/python/hawser_v1.py against a hub: python3 hawser_v1_check.py CLIENT_FOLDER HOST PORT URL.

URL has the placeholder PORT, of a relay that is cut and restored here.
"""

import socket
import sys
import threading
import time

sys.path.insert(0, sys.argv[1])
from hawser_v1 import Client, Closed, HubError, cbor, uncbor  # noqa: E402

HOST, PORT, URL = sys.argv[2], int(sys.argv[3]), sys.argv[4]


class Relay:
    """Carries bytes between clients and the hub, until it is cut."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.pairs, self.is_open = [], True
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listening.accept()
            if not self.is_open:
                near.close()
                continue
            far = socket.create_connection((HOST, PORT))
            self.pairs.append((near, far))
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, target), daemon=True).start()

    @staticmethod
    def carry(source, target):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                target.sendall(data)
        except OSError:
            pass
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.is_open = False
        for pair in self.pairs:
            for each in pair:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.pairs = []

    def restore(self):
        self.is_open = True


def until(what, condition):
    end = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"FAILED: {what}")
        time.sleep(0.01)
    print("ok", what)


def same(what, actual, expected):
    if actual != expected:
        sys.exit(f"FAILED: {what}: {actual}, not {expected}")
    print("ok", what)


def main():
    values = [0, 23, 24, 255, 256, 65536, 1 << 40, -1, -25, 2.5, "ä", b"\x00", None, True, [1, {"a": []}]]
    same("CBOR both ways", uncbor(cbor(values)), values)
    relay = Relay()
    direct, published, lost = [], [], []
    reader = Client(
        URL.replace("PORT", str(relay.port)),
        name="reader",
        on_message=lambda message: direct.append(message.get("d")),
        on_resync=lambda *what: lost.append(what),
    )
    writer = Client(URL.replace("PORT", str(PORT)), name="writer")
    reader.subscribe("room.1", lambda message: published.append(message["d"]))
    same("who is there", [each["client"] for each in writer.who("room.1")], ["reader"])
    writer.publish("room.1", 1)
    writer.send(reader.sid, "one")
    until("a message and a direct one come", lambda: published == [1] and direct == ["one"])
    sid = reader.sid
    for round_ in range(3):
        relay.cut()
        for i in range(3):
            writer.publish("room.1", [round_, i])
        writer.send(sid, round_)
        relay.restore()
        expected = [1] + [[r, i] for r in range(round_ + 1) for i in range(3)]
        until(f"cut {round_}: what was missed comes once and in order", lambda: published == expected)
        until(f"cut {round_}: so does the direct message", lambda: direct == ["one", *range(round_ + 1)])
        same(f"cut {round_}: the session is the same", reader.sid, sid)
    # While a client publishes, its own connection breaks: the answer to what was sent may be lost, the message not.
    done = []

    def publish_all():
        for i in range(50):
            reader.publish("room.2", i)
        done.append(True)

    got = []
    writer.subscribe("room.2", lambda message: got.append(message["d"]))
    publisher = threading.Thread(target=publish_all)
    publisher.start()
    for _ in range(4):
        time.sleep(0.05)
        relay.cut()
        relay.restore()
    publisher.join()
    until("each publication is published once, in order", lambda: got == list(range(50)))
    same("nothing was lost", lost, [])
    try:
        writer.send("nobody", 1)
        sys.exit("FAILED: a message to nobody")
    except HubError as error:
        same("a message to nobody is an error", error.code, 404)
    reader.close()
    writer.close()
    try:
        writer.publish("room.1", 1)
        sys.exit("FAILED: a client that is closed publishes")
    except Closed as end:
        same("a closed client says so", end.code, 1000)


main()
