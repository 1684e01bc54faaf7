"""The other end of a WebSocket, by the package websockets.

websocket_peer.py client URI   sends messages to an echo and compares what comes back
websocket_peer.py server       is an echo; prints its port, and ends with its standard input
"""

import asyncio
import os
import sys

import websockets

LIMIT = 32 << 20
TEXT = "κόσμε, and text that is long enough to be worth compressing, " * 40


async def exchange(socket, message, whole):
    await socket.send(message)
    answer = await socket.recv()
    assert answer == whole, f"{len(answer)} came back for {len(whole)}"


async def client(uri):
    for compression in ("deflate", None):
        async with websockets.connect(uri, max_size=LIMIT, compression=compression) as socket:
            await exchange(socket, "hello", "hello")
            await exchange(socket, "", "")
            await exchange(socket, TEXT, TEXT)
            await exchange(socket, bytes(range(256)), bytes(range(256)))
            await exchange(socket, ["frag", "ment", "s é"], "fragments é")
            noise = os.urandom(16 << 20)
            await exchange(socket, noise, noise)
            await exchange(socket, "x" * (16 << 20), "x" * (16 << 20))
            await asyncio.wait_for(await socket.ping(b"p"), 30)
            await socket.close(4001, "done")
            assert socket.close_code == 4001, socket.close_code
    print("ok")


async def server():
    async def echo(socket, path=None):
        async for message in socket:
            await socket.send(message)

    async with websockets.serve(echo, "127.0.0.1", 0, max_size=LIMIT) as serving:
        print(serving.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if sys.argv[1] == "client":
    asyncio.run(client(sys.argv[2]))
else:
    asyncio.run(server())
