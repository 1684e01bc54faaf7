"""A client of hawser.v1, the hub's protocol, with nothing but the standard library of Python 3.9 or newer.

    with Client("ws://127.0.0.1:9000/ws", name="web-7") as client:      # or "msgi://127.0.0.1:9000"
        client.subscribe("room.42", lambda message: print(message["d"]))
        client.publish("room.42", {"text": "hi"})

It stays connected: when the connection is lost it comes back to its session, says where it is in every topic, and gets what
it missed, in order and once; or a resync says that messages are lost, and why. A publication that was not answered is tried
again under the same `mid`, so it is published once. Direct messages are acknowledged when the handler has returned.

Written from docs/PROTOCOL.md alone. Run it to talk: python3 hawser_v1.py ws://127.0.0.1:9000/ws room.42
"""

import base64
import json
import os
import queue
import random
import socket
import struct
import sys
import threading
import time
import urllib.parse
import uuid


class HubError(Exception):
    """The hub answered a request with an error."""

    def __init__(self, err):
        super().__init__(f"{err.get('code')}: {err.get('msg')}")
        self.code = err.get("code")
        self.retry = err.get("retry")


class Closed(Exception):
    """The connection has ended."""

    def __init__(self, code, reason="", retry=None):
        super().__init__(f"{code} {reason}")
        self.code = code
        self.retry = retry


# CBOR, as much of RFC 8949 as JSON values and bytes need.


def cbor(value):
    if value is None:
        return b"\xf6"
    if value is True or value is False:
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, (bytes, bytearray)):
        return _head(2, len(value)) + bytes(value)
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    if isinstance(value, (list, tuple)):
        return _head(4, len(value)) + b"".join(cbor(item) for item in value)
    return _head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())


def _head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    for extra, form in ((24, ">B"), (25, ">H"), (26, ">I"), (27, ">Q")):
        if n < 1 << 8 * struct.calcsize(form):
            return bytes([major << 5 | extra]) + struct.pack(form, n)
    raise ValueError("an integer over 64 bits")


def uncbor(data):
    value, end = _item(data, 0)
    if end != len(data):
        raise ValueError("more than one item")
    return value


def _item(data, at):
    major, n = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        if n in (20, 21, 22, 23):
            return (False, True, None, None)[n - 20], at
        form = {25: ">e", 26: ">f", 27: ">d"}[n]
        size = struct.calcsize(form)
        return struct.unpack(form, data[at : at + size])[0], at + size
    if n >= 24:
        form = {24: ">B", 25: ">H", 26: ">I", 27: ">Q"}[n]
        size = struct.calcsize(form)
        (n,) = struct.unpack(form, data[at : at + size])
        at += size
    if major == 0:
        return n, at
    if major == 1:
        return -1 - n, at
    if major in (2, 3):
        raw = data[at : at + n]
        return (bytes(raw) if major == 2 else raw.decode()), at + n
    if major == 6:
        return _item(data, at)
    items = []
    for _ in range(n if major == 4 else 2 * n):
        item, at = _item(data, at)
        items.append(item)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at


class Msgi:
    """Frames of MSGI, sections 1 to 3."""

    PING, PONG, DATA, CONTROL, ERROR, DISCONNECT = 0x01, 0x02, 0x10, 0x20, 0x30, 0x50

    def __init__(self, host, port, timeout):
        self.socket = socket.create_connection((host, port), timeout)
        self.input = self.socket.makefile("rb")
        self.lock = threading.Lock()

    def _write(self, kind, payload):
        with self.lock:
            self.socket.sendall(b"MSGI" + struct.pack(">IH", 10 + len(payload), kind) + payload)

    def send(self, message):
        is_data = any(key in message for key in ("pub", "send", "bcast"))
        self._write(self.DATA if is_data else self.CONTROL, cbor(message))

    def receive(self):
        while True:
            head = self.input.read(10)
            if len(head) < 10:
                raise Closed(1006, "connection lost")
            total, kind = struct.unpack(">IH", head[4:])
            payload = self.input.read(total - 10)
            if kind == self.PING:
                self._write(self.PONG, payload)
            elif kind in (self.DATA, self.CONTROL):
                return uncbor(payload)
            elif kind in (self.ERROR, self.DISCONNECT):
                reason = uncbor(payload)
                raise Closed(reason["code"], reason.get("msg", ""), reason.get("retry"))

    def goodbye(self):
        self._write(self.DISCONNECT, cbor({"code": 1000, "msg": ""}))

    def close(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()


class WebSocket:
    """Text messages of WebSocket (RFC 6455) under the subprotocol hawser.v1.json."""

    def __init__(self, host, port, path, timeout):
        self.socket = socket.create_connection((host, port), timeout)
        self.input = self.socket.makefile("rb")
        self.lock = threading.Lock()
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: hawser.v1.json\r\n\r\n".encode()
        )
        status = self.input.readline().decode().split(" ", 2)
        while self.input.readline() not in (b"\r\n", b""):
            pass
        if len(status) < 2 or status[1] != "101":
            raise Closed(4010 if len(status) > 1 and status[1][0] == "4" else 1006, " ".join(status).strip())

    def _write(self, opcode, payload):
        size = len(payload)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 1 << 16:
            head += bytes([0xFE]) + struct.pack(">H", size)
        else:
            head += bytes([0xFF]) + struct.pack(">Q", size)
        mask = os.urandom(4)
        masked = bytes(octet ^ mask[i & 3] for i, octet in enumerate(payload))
        with self.lock:
            self.socket.sendall(head + mask + masked)

    def _frame(self):
        head = self.input.read(2)
        if len(head) < 2:
            raise Closed(1006, "connection lost")
        size = head[1] & 0x7F
        if size > 125:
            size = int.from_bytes(self.input.read(2 if size == 126 else 8), "big")
        return head[0] >> 7, head[0] & 15, self.input.read(size)

    def send(self, message):
        self._write(1, json.dumps(message, default=lambda raw: base64.b64encode(raw).decode()).encode())

    def receive(self):
        message = b""
        while True:
            is_last, opcode, payload = self._frame()
            if opcode == 8:
                raise Closed(int.from_bytes(payload[:2], "big") or 1005, payload[2:].decode())
            if opcode == 9:
                self._write(10, payload)
            elif opcode < 3:
                message += payload
                if is_last:
                    return json.loads(message)

    def goodbye(self):
        self._write(8, struct.pack(">H", 1000))

    close = Msgi.close


class Client:
    """A session with a hub that outlives its connections. Safe for use by several threads.

    Handlers run one after another on the client's own thread: one that waits holds up all others.
    """

    def __init__(self, url, name="", auth=None, on_message=None, on_resync=None, on_gap=None, timeout=30):
        self.url, self.name, self.auth, self.timeout = urllib.parse.urlsplit(url), name, auth, timeout
        self.on_message, self.on_resync, self.on_gap = on_message, on_resync, on_gap
        self.sid = None
        self._token, self._s = None, 0
        self._handlers, self._positions = {}, {}
        self._waiting, self._ids = {}, 1
        self._lock = threading.Lock()
        self._link, self._retry, self._closed = None, None, None
        self._spread = 0
        self._connected = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def subscribe(self, topic, handler):
        """Calls handler(message) for each message of a topic or pattern, beginning now."""
        self._handlers[topic] = handler
        return self._ask({"sub": {"topic": topic}})["sub"]

    def publish(self, topic, value):
        """Publishes once, however often the connection breaks meanwhile; returns the position."""
        body = {"topic": topic, "mid": str(uuid.uuid4())}
        body["b" if isinstance(value, bytes) else "d"] = value
        return self._ask({"pub": body})["pub"]

    def send(self, sid, value):
        """Sends to one session. If the connection breaks meanwhile, it may have been sent or not: an error."""
        self._ask({"send": {"to": sid, "b" if isinstance(value, bytes) else "d": value}}, again=False)

    def who(self, topic):
        return self._ask({"who": {"topic": topic}})["who"]["sessions"]

    def close(self):
        self._closed = Closed(1000, "closed")
        link = self._link
        if link:
            try:
                link.goodbye()
            except OSError:
                pass
            link.close()
        self._thread.join()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _ask(self, request, again=True):
        deadline = time.monotonic() + self.timeout
        while True:
            self._wait_for(self._connected, deadline)
            answer = queue.Queue(1)
            with self._lock:
                self._ids += 1
                number, link = self._ids, self._link
                self._waiting[number] = answer
            try:
                if link is None:
                    raise OSError("no connection")
                link.send({"id": number, **request})
                got = answer.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError("no answer from the hub") from None
            except OSError:
                got = None
            finally:
                self._waiting.pop(number, None)
            if got is None and not again:
                raise Closed(1006, "the connection broke before the answer")
            if got is None:
                continue
            if "err" in got and got["err"]["code"] == 503 and again and time.monotonic() < deadline:
                time.sleep(got["err"].get("retry", 1000) / 1000)
                continue
            if "err" in got:
                raise HubError(got["err"])
            return got

    def _wait_for(self, event, deadline):
        while not event.wait(0.1):
            if self._closed:
                raise self._closed
            if time.monotonic() > deadline:
                raise TimeoutError("no connection to the hub")

    def _run(self):
        attempt = 0
        while not self._closed:
            asked = 0
            try:
                self._converse()
                attempt = 0
            except Closed as end:
                if end.code in (1000, 1005) or 4000 <= end.code < 4500:
                    self._closed = self._closed or end
                asked = end.retry or 0
            except OSError:
                pass
            finally:
                was_connected = self._connected.is_set()
                self._connected.clear()
                self._link = None
                with self._lock:
                    waiting, self._waiting = self._waiting, {}
                for answer in waiting.values():
                    answer.put(None)
            if self._closed:
                return
            attempt = 1 if was_connected else attempt + 1
            # Full jitter, over what the hub asked for if it did. A goaway is random by itself. When the hub is
            # not there either, all others are looking for it, too.
            ceiling = max(min(20, 0.25 * 2**attempt), self._spread if attempt > 1 else 0)
            pause, self._retry = self._retry, None
            time.sleep(pause / 1000 if pause is not None else asked / 1000 + random.uniform(0, ceiling))

    def _connect(self):
        host, port = self.url.hostname, self.url.port or 9000
        if self.url.scheme == "msgi":
            return Msgi(host, port, self.timeout)
        return WebSocket(host, port, self.url.path or "/ws", self.timeout)

    def _converse(self):
        link = self._connect()
        try:
            hello = {"client": self.name, "spread": True}
            if self.auth:
                hello["auth"] = self.auth
            if self._token:
                hello.update(resume=self._token, s=self._s, pos=self._positions)
            link.send({"id": 1, "hello": hello})
            welcome = link.receive()["welcome"]
            link.socket.settimeout(None)
            self.sid, self._token = welcome["sid"], welcome["resume"]
            self._spread = welcome.get("spread", 0) / 1000
            if not welcome["resumed"]:
                self._s = 0
                for topic in list(self._handlers):
                    position = {"pos": self._positions[topic]} if topic in self._positions else {}
                    link.send({"sub": {"topic": topic, **position}})
            self._link = link
            self._connected.set()
            while True:
                self._told(link, link.receive())
        finally:
            link.close()

    def _told(self, link, message):
        if "sub" in message and "e" in message["sub"]:
            body = message["sub"]
            # Of a subscription that recovers, the position is where the messages that follow lead to.
            if not body["recovered"]:
                self._positions[body["topic"]] = {key: body[key] for key in "eog"}
            else:
                self._positions[body["topic"]]["e"] = body["e"]
        if "id" in message:
            answer = self._waiting.get(message["id"])
            if answer:
                answer.put(message)
        elif "pub" in message:
            self._published(message["pub"])
        elif "msg" in message:
            if self.on_message:
                self.on_message(message["msg"])
            if "s" in message["msg"]:
                self._s = message["msg"]["s"]
                link.send({"ack": {"s": self._s}})
        elif "resync" in message:
            body = message["resync"]
            self._positions[body["topic"]] = {key: body[key] for key in "eog"}
            if self.on_resync:
                self.on_resync(body["topic"], body["reason"])
        elif "gap" in message:
            # 0: messages may have been missed, and nobody knows how many.
            if self.on_gap:
                self.on_gap(message["gap"]["topic"], message["gap"]["n"])
        elif "goaway" in message:
            self._retry = message["goaway"].get("retry")
        elif "spread" in message:
            self._spread = message["spread"]["within"] / 1000

    def _published(self, body):
        topic = body["topic"]
        handler = self._handlers.get(topic)
        for pattern, each in list(self._handlers.items()):
            if handler is None and _matches(pattern.split("."), topic.split(".")):
                handler = each
        if handler:
            handler(body)
        position = self._positions.get(topic)
        if position and "o" in body:
            position.update(o=body["o"], g=body["g"])


def _matches(pattern, topic):
    if pattern[:1] == [">"]:
        return bool(topic)
    if not pattern or not topic:
        return pattern == topic
    return pattern[0] in ("*", topic[0]) and _matches(pattern[1:], topic[1:])


def main():
    url, topic = sys.argv[1], sys.argv[2]
    with Client(url, name=os.environ.get("USER", ""), on_resync=lambda *what: print("lost:", *what)) as client:
        client.subscribe(topic, lambda message: print(f"{message['from'].get('sid')}: {message.get('d')}", flush=True))
        for line in sys.stdin:
            client.publish(topic, line.rstrip("\n"))


if __name__ == "__main__":
    main()
