// The other end of a WebSocket, by the package ws.
//
// websocket_peer.js client URI   sends messages to an echo and compares what comes back
// websocket_peer.js server       is an echo; prints its port, and ends with its standard input
'use strict';

const assert = require('assert');
const crypto = require('crypto');
const { once } = require('events');
const WebSocket = require(process.env.HAWSER_NODE_WS || 'ws');

const LIMIT = 32 << 20;
const TEXT = 'κόσμε, and text that is long enough to be worth compressing, '.repeat(40);

async function exchange(socket, pieces, isBinary) {
  const answer = once(socket, 'message');
  pieces.forEach((piece, i) => socket.send(piece, { binary: isBinary, fin: i === pieces.length - 1 }));
  const [data, binary] = await answer;
  assert.strictEqual(binary, isBinary);
  assert.ok(Buffer.concat(pieces.map((piece) => Buffer.from(piece))).equals(data), `${data.length} came back`);
}

async function client(uri) {
  for (const perMessageDeflate of [{ threshold: 0 }, false]) {
    const socket = new WebSocket(uri, { perMessageDeflate, maxPayload: LIMIT });
    await once(socket, 'open');
    await exchange(socket, ['hello'], false);
    await exchange(socket, [''], false);
    await exchange(socket, [TEXT], false);
    await exchange(socket, [Buffer.from([...Array(256).keys()])], true);
    await exchange(socket, ['frag', 'ment', 's é'], false);
    await exchange(socket, [crypto.randomBytes(16 << 20)], true);
    await exchange(socket, ['x'.repeat(16 << 20)], false);
    const pong = once(socket, 'pong');
    socket.ping('p');
    assert.strictEqual((await pong)[0].toString(), 'p');
    const closed = once(socket, 'close');
    socket.close(4001, 'done');
    assert.strictEqual((await closed)[0], 4001);
  }
  console.log('ok');
}

function server() {
  const serving = new WebSocket.Server({ port: 0, host: '127.0.0.1', perMessageDeflate: true, maxPayload: LIMIT });
  serving.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
  serving.on('listening', () => console.log(serving.address().port));
  process.stdin.resume().on('end', () => process.exit(0));
}

if (process.argv[2] === 'client') {
  client(process.argv[3]).catch((error) => {
    console.error(error);
    process.exit(1);
  });
} else {
  server();
}
