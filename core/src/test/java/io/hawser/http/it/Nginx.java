package io.hawser.http.it;

import static org.awaitility.Awaitility.await;

import io.hawser.Tls;
import io.hawser.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An nginx in a folder of a test.
public final class Nginx implements AutoCloseable {
    private final RealServer process;
    private final List<Integer> ports;

    private Nginx(RealServer process, List<Integer> ports) {
        this.process = process;
        this.ports = ports;
    }

    /// Starts one; skips the test where there is none.
    ///
    /// @param http what is in its block `http`, `access_log` included, where `FOLDER` is the folder and
    ///     `PORT0`,
    ///     `PORT1` and `PORT2` are where it may listen
    public static Nginx start(Path folder, String http) throws IOException {
        RealServer.require("nginx");
        List<Integer> ports = freePorts();
        String servers = http.replace("FOLDER", folder.toString());
        for (int i = 0; i < ports.size(); i++) {
            servers = servers.replace("PORT" + i, Integer.toString(ports.get(i)));
        }
        // Root's own folders are closed to the user that an nginx of root would become.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; worker_processes 1; %3$s pid %1$s/pid; error_log %1$s/error;
                events {}
                http {
                  client_body_temp_path %1$s/temp; proxy_temp_path %1$s/temp; fastcgi_temp_path %1$s/temp;
                  uwsgi_temp_path %1$s/temp; scgi_temp_path %1$s/temp;
                  %2$s
                }
                """.formatted(folder, servers, user));
        String start = "echo " + ports.getFirst() + "; exec nginx -p " + folder + " -c " + config;
        RealServer process = RealServer.start("sh", "-c", start);
        try {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                new Socket(InetAddress.getLoopbackAddress(), ports.getFirst()).close();
                return true;
            });
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return new Nginx(process, ports);
    }

    /// Files with what nginx needs to be `identity`: `cert.pem` and `key.pem`.
    public static void write(Tls identity, Path folder) throws IOException {
        TlsIdentity.InMemory own = identity.identity().orElseThrow().load();
        Files.writeString(folder.resolve("cert.pem"), own.certificatePem());
        Files.writeString(folder.resolve("key.pem"), own.keyPem());
    }

    /// All open at once, so that they differ.
    private static List<Integer> freePorts() throws IOException {
        List<Integer> ports = new ArrayList<>();
        try (ServerSocket one = free();
                ServerSocket two = free();
                ServerSocket three = free()) {
            for (ServerSocket each : List.of(one, two, three)) ports.add(each.getLocalPort());
        }
        return ports;
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    public int port(int number) {
        return ports.get(number);
    }

    public String url(int number) {
        return "http://127.0.0.1:" + port(number);
    }

    @Override
    public void close() {
        process.close();
    }
}
