"""The other end of the container tests: what docs/CONTAINER.md says, done with cbor2.

usage: container_peer.py DOCS VECTORS check|relay|sort|write
"""

import base64
import json
import math
import re
import struct
import sys

import cbor2

DOCS, VECTORS, COMMAND = sys.argv[1:]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


# The functions under test are those of the page itself.
for block in re.findall(r"```python\n(.*?)```", read(DOCS), re.DOTALL):
    if "def " in block:
        exec(block)


def plain(value):
    """A value of JSON as CBOR has it."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "base64" in value:
        return base64.b64decode(value["base64"], validate=True)
    if "float" in value:
        return float(value["float"])
    return value | {"values": {name: plain(item) for name, item in value.get("values", {}).items()}}


def typed(message):
    """A container of either encoding as a list of names, exact types and values, to be compared."""
    letters = types(message)
    return [
        {key: message.get(key) for key in ("type", "from", "to")} | {"version": message.get("version", 1)},
        [(name, exact(message["values"][name], letters[name])) for name in names_in_order(message)],
    ]


def exact(value, letter):
    if isinstance(value, dict):
        return typed(value)
    if isinstance(value, list):
        return [exact(item, one) for item, one in zip(value, letter)]
    if letter is None:
        return value
    return letter, struct.pack(">" + letter, value).hex()


def check():
    vectors = json.loads(read(VECTORS))
    for vector in vectors["containers"]:
        payload = bytes.fromhex(vector["cbor"])
        message = cbor2.loads(payload)
        assert cbor2.dumps(message, canonical=True) == payload, vector["name"]
        assert typed(message) == typed(plain(vector["json"])), vector["name"]
    for vector in vectors["foreign"]:
        read_from, becomes = (cbor2.loads(bytes.fromhex(vector[key])) for key in ("cbor", "becomes"))
        assert types(read_from).keys() == types(becomes).keys(), vector["name"]
    print(len(vectors["containers"]), "containers and", len(vectors["foreign"]), "foreign ones")


def relay():
    for line in sys.stdin:
        print(cbor2.dumps(cbor2.loads(bytes.fromhex(line)), canonical=True).hex())


def sort():
    for line in sys.stdin:
        print(json.dumps(json.loads(line), sort_keys=True))


def write():
    """As someone writes who has read the first example of the page, and as someone who has read all of it."""
    messages = [
        {"type": "order.new", "values": {"qty": 3, "price": 9.5, "note": "Grüße 𐅑", "raw": b"\x00\xff"}},
        {
            "values": {"z": None, "a": [True, 1, 2.5, [], math.nan], "big": 2**63 - 1, "small": -(2**63)},
            "type": "plain",
            "from": ["python", "cbor2"],
            "to": ["hawser"],
            "version": 2,
        },
        {"type": "exact", "types": "bhiqf2d", "values": {"a": 1, "b": 2, "c": 3, "d": 4, "e": 0.1, "f": 0.1, "g": 5}},
        {"type": "outer", "values": {"inner": {"type": "inner", "types": "2i", "values": {"list": [1, 2]}}}},
        {"type": "long", "values": {"text": "x" * 65536, "bytes": bytes(65535), "list": list(range(1000))}},
    ]
    for message in messages:
        print(cbor2.dumps(message).hex())


{"check": check, "relay": relay, "sort": sort, "write": write}[COMMAND]()
