#!/usr/bin/env python3
"""Checks pipeline-vectors.json against docs/PIPELINE.md, without any code of Hawser.

Key derivation, HMAC, deflate and LZ4 need the standard library only. AES-GCM and ChaCha20-Poly1305 need the package
`cryptography`, Zstandard Python 3.14 or the command `zstd`; a stage that cannot be checked is named and counted.

usage: pipeline_vectors.py FILE
exit code: 0 if nothing that was checked differs, 1 otherwise
"""

import collections
import hashlib
import hmac
import json
import shutil
import struct
import subprocess
import sys
import zlib

GENERATION_BITS = 18


class Unchecked(Exception):
    """Nothing here can check the stage."""


def hkdf_sha256(secret, salt, info, size):
    """RFC 5869."""
    prk = hmac.new(salt, secret, hashlib.sha256).digest()
    okm, block = b"", b""
    while len(okm) < size:
        block = hmac.new(prk, block + info + bytes([len(okm) // 32 + 1]), hashlib.sha256).digest()
        okm += block
    return okm[:size]


def lz4_block(block):
    """One LZ4 block, inflated."""
    out, at = bytearray(), 0

    def extended(size):
        nonlocal at
        if size == 15:
            while True:
                byte = block[at]
                at += 1
                size += byte
                if byte != 255:
                    break
        return size

    while True:
        token = block[at]
        at += 1
        literals = extended(token >> 4)
        out += block[at : at + literals]
        at += literals
        if at == len(block):
            return bytes(out)
        (offset,) = struct.unpack_from("<H", block, at)
        at += 2
        for _ in range(extended(token & 15) + 4):
            out.append(out[-offset])


def raw_deflate(block):
    inflater = zlib.decompressobj(-15)
    out = inflater.decompress(block) + inflater.flush()
    assert inflater.eof and not inflater.unused_data, "not one whole deflate stream"
    return out


def zstd_frame(block):
    try:
        from compression import zstd

        return zstd.decompress(block)
    except ImportError:
        pass
    if not shutil.which("zstd"):
        raise Unchecked("needs Python 3.14 or the command zstd")
    return subprocess.run(["zstd", "-dcq"], input=block, stdout=subprocess.PIPE, check=True).stdout


def decompressed(message, inflate):
    if message[0] == 0:
        return message[1:]
    assert message[0] == 1, "neither stored nor compressed"
    (size,) = struct.unpack_from(">I", message, 1)
    plain = inflate(message[5:])
    assert len(plain) == size, "not the declared size"
    return plain


def ciphers():
    try:
        from cryptography.hazmat.primitives.ciphers import aead
    except ImportError:
        raise Unchecked("needs the package cryptography") from None
    return {"aes-256-gcm": aead.AESGCM, "chacha20-poly1305": aead.ChaCha20Poly1305}


class Keys:
    """The key of one step, derived from what the document says alone."""

    def __init__(self, vectors, stages, position, direction, sequence, message):
        key_id = message[1 : 1 + message[0]]
        header = message[: 1 + message[0]]
        names = ",".join(stages).encode()
        side = {"CLIENT_TO_SERVER": 0, "SERVER_TO_CLIENT": 1}[direction]
        label = b"hawser-pipeline" + struct.pack(">BBBH", vectors["version"], side, position, len(names)) + names
        self.info = label + header + struct.pack(">I", sequence >> GENERATION_BITS)
        self.salt = bytes.fromhex(vectors["clientNonce"]) + bytes.fromhex(vectors["serverNonce"])
        self.secret = bytes.fromhex(vectors["keys"][key_id.decode()])
        self.associated = struct.pack(">BHQ", vectors["version"], vectors["frameType"], sequence) + header
        self.body = message[1 + message[0] :]
        self.sequence = sequence

    def derive(self, size):
        return hkdf_sha256(self.secret, self.salt, self.info, size)

    def nonce(self):
        masked = int.from_bytes(self.derive(44)[32:], "big") ^ self.sequence
        return masked.to_bytes(12, "big")


def undone(stage, step, message, keys):
    """What the stage received as `message` returns."""
    if stage in INFLATE:
        return decompressed(message, INFLATE[stage])
    k = keys(message)
    assert k.info.hex() == step["info"], "info differs"
    assert k.associated.hex() == step["associated"], "associated data differs"
    assert k.derive(32).hex() == step["derivedKey"], "derived key differs"
    if stage == "hmac-sha256":
        plain, tag = k.body[:-32], k.body[-32:]
        expected = hmac.new(k.derive(32), k.associated + plain, hashlib.sha256).digest()
        assert hmac.compare_digest(expected, tag), "tag differs"
        return plain
    assert k.nonce().hex() == step["nonce"], "nonce differs"
    return ciphers()[stage](k.derive(32)).decrypt(k.nonce(), k.body, k.associated)


INFLATE = {"deflate": raw_deflate, "zstd": zstd_frame, "lz4": lz4_block}


def main(path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    checked, unchecked = collections.Counter(), {}
    failures = 0
    for pipeline in vectors["pipelines"]:
        stages = pipeline["stages"]
        for message in pipeline["messages"]:
            outputs = [message["plain"]] + [step["output"] for step in message["steps"]]
            assert [step["stage"] for step in message["steps"]] == stages
            assert outputs[-1] == message["wire"]
            for position, step in enumerate(message["steps"]):
                keys = lambda m: Keys(vectors, stages, position, pipeline["direction"], message["sequence"], m)
                try:
                    plain = undone(step["stage"], step, bytes.fromhex(step["output"]), keys)
                    assert plain.hex() == outputs[position], "payload differs"
                    checked[step["stage"]] += 1
                except Unchecked as why:
                    unchecked[step["stage"]] = str(why)
                except Exception as why:  # whatever goes wrong, the vector is not what the document says
                    failures += 1
                    print(f"FAILED {stages} message {message['sequence']} {step['stage']}: {why!r}")
    for stage, count in sorted(checked.items()):
        if stage not in unchecked:
            print(f"checked {stage}: {count} messages")
    for stage, why in sorted(unchecked.items()):
        print(f"not checked {stage}: {why}")
    return 1 if failures or not checked else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
