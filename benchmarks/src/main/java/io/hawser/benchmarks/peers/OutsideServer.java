package io.hawser.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that is not ours: writes a configuration for it, starts it, says when it accepts, and ends it with
/// this process, which does nothing meanwhile.
final class OutsideServer {
    private static final int STARTS_WITHIN_MILLIS = 10_000;
    private static final int STOP_SECONDS = 5;

    private OutsideServer() {}

    static void main(String... arguments) throws IOException, InterruptedException {
        var asked = PeerArguments.of(arguments);
        int port = asked.port() == 0 ? FreePort.find() : asked.port();
        var folder = Files.createTempDirectory("hawser-peer");
        var process = new ProcessBuilder(command(asked, port, folder))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        awaitAccepting(port, process);
        PeerArguments.ready(port);
        System.exit(process.waitFor());
    }

    private static List<String> command(PeerArguments asked, int port, Path folder) throws IOException {
        var config = folder.resolve("server.conf");
        return switch (asked.mode()) {
            case "nginx" -> {
                Files.writeString(config, nginx(asked, port, folder));
                yield List.of("nginx", "-c", config.toString(), "-p", folder.toString());
            }
            case "haproxy" -> {
                Files.writeString(config, haproxy(asked, port));
                yield List.of("haproxy", "-f", config.toString(), "-db");
            }
            case "nats" -> {
                Files.writeString(config, "listen: 127.0.0.1:" + port + "\nlogfile: \"" + folder + "/log\"\n");
                yield List.of("nats-server", "-c", config.toString());
            }
            case "redis" -> {
                Files.writeString(config, redis(port, folder));
                yield List.of("redis-server", config.toString());
            }
            default -> throw new IllegalArgumentException("unknown mode " + asked.mode());
        };
    }

    private static void awaitAccepting(int port, Process process) throws IOException, InterruptedException {
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        for (int i = 0; i < STARTS_WITHIN_MILLIS / 10 && process.isAlive(); i++) {
            try (var socket = new Socket()) {
                socket.connect(address);
                return;
            } catch (IOException e) {
                Thread.sleep(Duration.ofMillis(10));
            }
        }
        throw new IOException("does not accept connections");
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String nginx(PeerArguments asked, int port, Path folder) {
        var places = asked.upstream().isEmpty() ? """
                location = /plaintext { default_type text/plain; return 200 "Hello, World!"; }
                location = /proxied { default_type text/plain; return 200 "Hello, World!"; }
                location /files/ { alias %s/; }
                """.formatted(asked.files().toAbsolutePath()) : """
                location / { proxy_pass http://upstream; proxy_http_version 1.1; proxy_set_header Connection ""; }
                """;
        var listen = "127.0.0.1:" + port + " backlog=4096";
        if (asked.tls().isPresent()) {
            listen += " ssl http2; ssl_certificate " + asked.tls().get().resolve(PeerTls.CERTIFICATE)
                    + "; ssl_certificate_key " + asked.tls().get().resolve(PeerTls.KEY);
        }
        var upstream = asked.upstream().isEmpty()
                ? ""
                : "upstream upstream { server " + asked.upstream() + "; keepalive 64; keepalive_requests 1000000000; }";
        return """
                daemon off;
                user root;
                worker_processes %d;
                pid %s/pid;
                error_log stderr error;
                events { worker_connections 20000; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  tcp_nodelay on;
                  keepalive_timeout 65;
                  keepalive_requests 1000000000;
                  client_body_temp_path %s;
                  %s
                  server {
                    listen %s;
                    %s
                  }
                }
                """.formatted(asked.threads(), folder, folder, upstream, listen, places);
    }

    private static String haproxy(PeerArguments asked, int port) {
        return """
                global
                  nbthread %d
                  maxconn 5000
                defaults
                  mode http
                  timeout connect 3s
                  timeout client 65s
                  timeout server 65s
                  http-reuse always
                frontend all
                  bind 127.0.0.1:%d
                  default_backend one
                backend one
                  server one %s
                """.formatted(asked.threads(), port, asked.upstream());
    }

    /// Nothing is kept on disk, as a broker of messages that nobody keeps would have it.
    private static String redis(int port, Path folder) {
        return """
                bind 127.0.0.1
                port %d
                tcp-backlog 4096
                maxclients 20000
                save ""
                appendonly no
                dir %s
                logfile %s/log
                """.formatted(port, folder, folder);
    }
}
