"""Says what is published to a topic, and answers it there: v1_answer.py URL TOPIC"""
import asyncio
import json
import sys

import websockets


async def main(url, topic):
    async with websockets.connect(url, subprotocols=["hawser.v1.json"]) as hub:
        await hub.send(json.dumps({"id": 1, "hello": {"client": "python"}}))
        sid = json.loads(await hub.recv())["welcome"]["sid"]
        await hub.send(json.dumps({"id": 2, "sub": {"topic": topic}}))
        async for text in hub:
            message = json.loads(text)
            if message.get("id") == 2:
                print("subscribed", flush=True)
            pub = message.get("pub", {})
            if "d" in pub and pub["from"].get("sid") != sid:
                print(pub["d"], flush=True)
                await hub.send(json.dumps({"id": 3, "pub": {"topic": topic, "d": "pong from python"}}))


asyncio.run(main(*sys.argv[1:]))
