"""A server for HTTP clients, by http.server: HTTP/1.1, in the clear and over TLS.

http_server.py CERTIFICATE KEY   prints its two ports, and ends with its standard input

GET /files/words.txt   words, in gzip for who takes it
POST /echo             the body back, and its trailers; 413 before it comes if it is said to be over 2 GiB
"""

import gzip
import http.server
import ssl
import sys
import threading

WORDS = b"words, words, words\n" * 5000
MOST_BYTES = 2 << 30
PIECE_BYTES = 64 << 10


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *what):
        pass

    def handle_expect_100(self):
        if int(self.headers.get("Content-Length", 0)) > MOST_BYTES:
            self.send_error(413)
            return False
        return super().handle_expect_100()

    def do_GET(self):
        is_coded = "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(WORDS) if is_coded else WORDS
        self.send_response(200)
        if is_coded:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.send_response(200)
        if self.headers.get("Transfer-Encoding") == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.echo_chunks()
        else:
            length = int(self.headers["Content-Length"])
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.echo(length)

    def echo(self, left):
        while left > 0:
            piece = self.rfile.read(min(left, PIECE_BYTES))
            if not piece:
                raise ConnectionError("cut")
            self.wfile.write(piece)
            left -= len(piece)

    def echo_chunks(self):
        while size := int(self.rfile.readline().split(b";")[0], 16):
            self.wfile.write(b"%x\r\n%b" % (size, self.rfile.read(size + 2)))
        self.wfile.write(b"0\r\n")
        while (line := self.rfile.readline()) != b"\r\n":
            self.wfile.write(line)
        self.wfile.write(line)


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


def start(tls=None):
    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


identity = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
identity.load_cert_chain(sys.argv[1], sys.argv[2])
print(start(), start(identity), flush=True)
sys.stdin.read()
