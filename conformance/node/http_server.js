// A server for HTTP clients, by the modules of Node: HTTP/1.1, HTTP/2, and both of them over TLS.
//
// http_server.js CERTIFICATE KEY   prints its three ports, and ends with its standard input
//
// GET /files/words.txt   words, in gzip for who takes it, after an interim answer
// POST /echo             the body back, and its trailers; 413 before it comes if it is said to be over 2 GiB
'use strict';

const fs = require('fs');
const http = require('http');
const http2 = require('http2');
const zlib = require('zlib');

const WORDS = Buffer.from('words, words, words\n'.repeat(5000));
const MOST_BYTES = 2 ** 31;

function words(request, response) {
  response.writeEarlyHints({ link: '</words.css>; rel=preload' });
  const isCoded = /gzip/.test(request.headers['accept-encoding']);
  const body = isCoded ? zlib.gzipSync(WORDS) : WORDS;
  if (isCoded) response.setHeader('Content-Encoding', 'gzip');
  // Over HTTP/2 Node may reset the stream in place of its end, since nobody has read the request: the length tells.
  response.setHeader('Content-Length', body.length);
  response.end(body);
}

function echo(request, response) {
  request.pipe(response, { end: false });
  request.on('end', () => {
    response.addTrailers({ ...request.trailers });
    response.end();
  });
}

function answer(request, response) {
  if (request.url === '/echo') echo(request, response);
  else words(request, response);
}

function expected(request, response) {
  if (Number(request.headers['content-length']) > MOST_BYTES) {
    response.statusCode = 413;
    response.end();
  } else {
    response.writeContinue();
    answer(request, response);
  }
}

const [cert, key] = process.argv.slice(2).map((name) => fs.readFileSync(name));
const servers = [
  http.createServer(answer),
  http2.createServer(answer),
  http2.createSecureServer({ cert, key, allowHTTP1: true }, answer),
];
let starting = servers.length;
for (const server of servers) {
  server.on('checkContinue', expected);
  server.listen(0, '127.0.0.1', () => {
    if (--starting === 0) console.log(servers.map((each) => each.address().port).join(' '));
  });
}
process.stdin.resume().on('end', () => process.exit(0));
