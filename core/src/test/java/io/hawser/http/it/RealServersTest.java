package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Tls;
import io.hawser.http.Body;
import io.hawser.http.Decompression;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client against servers that others have written.
class RealServersTest {
    private static final String NODE = """
            const http = require('http'), zlib = require('zlib');
            let sockets = 0;
            const server = http.createServer((request, response) => {
              if (request.url === '/gzip') {
                response.setHeader('Content-Encoding', 'gzip');
                return response.end(zlib.gzipSync('x'.repeat(100000)));
              }
              if (request.url === '/chunks') {
                response.writeHead(200, {Trailer: 'Sum'});
                for (let i = 0; i < 1000; i++) response.write('chunk ' + i + '\\n');
                response.addTrailers({Sum: '1000'});
                return response.end();
              }
              if (request.url === '/sockets') return response.end(String(sockets));
              if (request.url === '/hints') {
                response.writeEarlyHints({link: '</a.css>; rel=preload'});
                return response.end('hinted');
              }
              response.setHeader('X-Framing', request.headers['transfer-encoding'] || 'length');
              request.pipe(response);
            });
            server.on('connection', () => sockets++);
            server.on('checkContinue', (request, response) => {
              if (request.url === '/refuse') { response.statusCode = 417; return response.end(); }
              response.writeContinue();
              request.pipe(response);
            });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """;
    private static final Tls IDENTITY = Tls.selfSigned();
    /// HTTP/2, and HTTP/1.1 for who does not speak it.
    private static final String SECURE_NODE = """
            const http2 = require('http2'), fs = require('fs'), zlib = require('zlib');
            const read = (name) => fs.readFileSync(process.argv[1] + '/' + name);
            const answer = (request, response) => {
              if (request.url === '/version') return response.end(request.httpVersion);
              if (request.url === '/gzip') {
                response.setHeader('Content-Encoding', 'gzip');
                return response.end(zlib.gzipSync('x'.repeat(100000)));
              }
              if (request.url === '/chunks') {
                response.setHeader('Trailer', 'Sum');
                for (let i = 0; i < 1000; i++) response.write('chunk ' + i + '\\n');
                response.addTrailers({Sum: '1000'});
                return response.end();
              }
              request.pipe(response);
            };
            const options = {key: read('key.pem'), cert: read('cert.pem'), allowHTTP1: true};
            const server = http2.createSecureServer(options, answer);
            server.on('checkContinue', (request, response) => {
              if (request.url === '/refuse') { response.statusCode = 417; return response.end(); }
              response.writeContinue();
              answer(request, response);
            });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """;
    private static final String PYTHON = """
            import http.server, sys
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    body = self.path.encode()
                    self.send_response(200)
                    if self.path == '/known': self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def do_POST(self):
                    body = self.rfile.read(int(self.headers['Content-Length']))
                    self.send_response(201)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
            version = sys.argv[1]
            Handler.protocol_version = version
            server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
            print(server.server_port, flush=True)
            server.serve_forever()
            """;

    @Test
    void nodeIsSpokenTo() throws IOException {
        byte[] content = new byte[3 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 31) >> 3);
        try (RealServer node = RealServer.start("node", "-e", NODE);
                HttpClient client =
                        HttpClient.open(HttpClientConfig.to(node.url())).with(Decompression.defaults())) {
            for (int i = 0; i < 20; i++)
                assertThat(client.post("/").text("n" + i).text()).isEqualTo("n" + i);
            assertThat(client.get("/gzip").text()).hasSize(100_000);
            Response chunks = client.get("/chunks").header("TE", "trailers").send();
            assertThat(chunks.body().lines()).hasSize(1000).last().isEqualTo("chunk 999");
            assertThat(client.get("/hints").text()).isEqualTo("hinted");
            Response echo = client.post("/")
                    .body(Body.of(new ByteArrayInputStream(content)))
                    .send();
            assertThat(echo.header("X-Framing")).contains("chunked");
            assertThat(echo.body().bytes()).isEqualTo(Bytes.wrap(content));
            assertThat(client.post("/").expectContinue().text("asked for").text())
                    .isEqualTo("asked for");
            assertThat(client.get("/sockets").text()).isEqualTo("1");
            assertThat(client.post("/refuse").expectContinue().text("not").status())
                    .isEqualTo(417);
            assertThat(client.get("/sockets").text()).isEqualTo("2");
        }
    }

    @Test
    void nodeIsSpokenToOverTlsInBothVersions(@TempDir Path folder) throws IOException {
        Nginx.write(IDENTITY, folder);
        HttpClientConfig trusting =
                HttpClientConfig.defaults().withTls(Tls.client().withTrustPem(IDENTITY.certificatePem()));
        byte[] content = new byte[3 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 31) >> 3);
        try (RealServer node = RealServer.start("node", "-e", SECURE_NODE, folder.toString())) {
            HttpClientConfig config = trusting.withBaseUrl(node.url().replace("http:", "https:"));
            for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
                HttpClientConfig offering = version == HttpVersion.HTTP_2 ? config : config.withVersions(version);
                try (HttpClient client = HttpClient.open(offering).with(Decompression.defaults())) {
                    assertThat(client.get("/version").text()).isEqualTo(version == HttpVersion.HTTP_2 ? "2.0" : "1.1");
                    assertThat(client.get("/gzip").text()).hasSize(100_000);
                    Response chunks =
                            client.get("/chunks").header("TE", "trailers").send();
                    assertThat(chunks.body().lines()).hasSize(1000).last().isEqualTo("chunk 999");
                    assertThat(chunks.body().trailers().value("Sum", "")).isEqualTo("1000");
                    assertThat(client.post("/")
                                    .body(Body.of(new ByteArrayInputStream(content)))
                                    .bytes())
                            .isEqualTo(Bytes.wrap(content));
                    assertThat(client.post("/")
                                    .expectContinue()
                                    .text("asked for")
                                    .text())
                            .isEqualTo("asked for");
                    assertThat(client.post("/refuse")
                                    .expectContinue()
                                    .text("not")
                                    .status())
                            .isEqualTo(417);
                }
            }
        }
    }

    @Test
    void pythonIsSpokenToInBothVersions() throws IOException {
        for (String version : new String[] {"HTTP/1.0", "HTTP/1.1"}) {
            try (RealServer python = RealServer.start("python3", "-c", PYTHON, version);
                    HttpClient client = HttpClient.open(HttpClientConfig.to(python.url()))) {
                for (int i = 0; i < 5; i++) {
                    assertThat(client.get("/known").text()).isEqualTo("/known");
                    Response made = client.post("/").text("hello").send();
                    assertThat(made.status()).isEqualTo(201);
                    assertThat(made.body().text()).isEqualTo("hello");
                }
                if (version.equals("HTTP/1.0")) {
                    assertThat(client.get("/until-close").text()).isEqualTo("/until-close");
                }
            }
        }
    }
}
