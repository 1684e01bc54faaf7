// A WebSocket server on Node's `ws`, as its own documentation has it: binary messages come back, texts go to all clients.
//
// Options: --port P (0: any) --mode echo|deflate. Prints "ready PORT".
'use strict';

const http = require('http');
const { WebSocket, WebSocketServer } = require('ws');

const given = Object.fromEntries(
  process.argv.slice(2).flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1]]] : [])));

// Of its own, because `ws` listens with the short backlog of Node.
const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: given['--mode'] === 'deflate' });

function tellAll(text) {
  for (const client of sockets.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(text, { binary: false });
  }
}

sockets.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    if (isBinary) socket.send(data);
    else tellAll(data);
  });
});

server.listen({ port: Number(given['--port'] || 0), host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`ready ${server.address().port}`);
});
