package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.Response;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The client against a server of HTTP/1.0, which Python's is unless it is told otherwise.
class OldServerTest {
    private static final String PYTHON = """
            import http.server
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
            server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
            print(server.server_port, flush=True)
            server.serve_forever()
            """;

    @Test
    void eachAnswerEndsItsConnection() throws IOException {
        try (RealServer python = RealServer.start("python3", "-c", PYTHON);
                HttpClient client = HttpClient.open(HttpClientConfig.to(python.url()))) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("/known").text()).isEqualTo("/known");
                Response made = client.post("/").text("hello").send();
                assertThat(made.status()).isEqualTo(201);
                assertThat(made.body().text()).isEqualTo("hello");
            }
            assertThat(client.get("/until-close").text()).isEqualTo("/until-close");
        }
    }
}
