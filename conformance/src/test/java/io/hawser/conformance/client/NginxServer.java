package io.hawser.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.HttpCall;
import io.hawser.http.HttpClient;
import io.hawser.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// nginx, which is no echo: it keeps what it is sent in a file, and has trailers of its own only.
record NginxServer(ServerProcess process) implements Server {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEPT = "/kept/body";
    private static final String CONFIG = """
            daemon off; worker_processes 1; USER pid FOLDER/pid; error_log FOLDER/nginx.log;
            events {}
            http {
              access_log off; types { text/plain txt; }
              client_body_temp_path FOLDER/temp; proxy_temp_path FOLDER/temp; fastcgi_temp_path FOLDER/temp;
              uwsgi_temp_path FOLDER/temp; scgi_temp_path FOLDER/temp;
              server {
                listen 127.0.0.1:PORT0;
                listen 127.0.0.1:PORT1 http2;
                listen 127.0.0.1:PORT2 ssl http2;
                ssl_certificate FOLDER/certificate.pem; ssl_certificate_key FOLDER/key.pem;
                root FOLDER; client_max_body_size 2g; gzip on; gzip_types text/plain;
                location /files/ { add_trailer X-Sum 7; }
                location /kept/ { dav_methods PUT; create_full_put_path on; }
              }
            }
            """;

    /// Starts one in `folder`.
    static Server start(Path folder) throws IOException {
        List<Integer> ports = freePorts(3);
        // Root's own folders are closed to the user that an nginx of root would become.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        String config = CONFIG.replace("FOLDER", folder.toString()).replace("USER", user);
        for (int i = 0; i < ports.size(); i++) config = config.replace("PORT" + i, ports.get(i) + "");
        Path file = Files.writeString(folder.resolve("nginx.conf"), config);
        // It reads no input: the shell waits for its end, and ends nginx.
        String command = "nginx -p " + folder + " -c " + file + " & echo " + ports.get(0) + " " + ports.get(1) + " "
                + ports.get(2) + "; cat >/dev/null; kill $!; wait $!";
        ServerProcess.require("nginx");
        ServerProcess process = ServerProcess.start(folder.resolve("sh.log"), "sh", "-c", command);
        try {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                new Socket(InetAddress.getLoopbackAddress(), ports.getLast()).close();
                return true;
            });
        } catch (RuntimeException notStarted) {
            process.close();
            throw notStarted;
        }
        return new NginxServer(process);
    }

    /// All open at once, so that they differ.
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (ServerSocket each : sockets) each.close();
        return sockets.stream().map(ServerSocket::getLocalPort).toList();
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean takesTrailers() {
        return false;
    }

    @Override
    public String url(Way way) {
        if (way.isSecure()) return "https://127.0.0.1:" + process.ports().get(2);
        return "http://127.0.0.1:" + process.ports().get(way.isHttp2() ? 1 : 0);
    }

    @Override
    public HttpCall upload(HttpClient client) {
        return client.put(KEPT);
    }

    @Override
    public Response download(HttpClient client, Response answered) {
        assertThat(answered.status()).isIn(201, 204);
        answered.body().close();
        return client.get(KEPT).send();
    }

    /// What it compresses while it sends it, for a client that takes that.
    @Override
    public Response unsized(HttpClient client) {
        return client.get(WORDS_PATH).send();
    }

    @Override
    public Response trailed(HttpClient client) {
        return client.get(WORDS_PATH).header("TE", "trailers").send();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    @Override
    public String toString() {
        return name();
    }
}
