package io.hawser.benchmarks.clients;

import io.hawser.hub.bench.ProcessCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A process with one client in it, told over a socket what to do: so that it can be put under load again
/// and again, warm, as a server can.
///
/// `--client NAME --connections N`, with `--http2 CERTIFICATE` over HTTP/2; a line `RUN URL THREADS
/// WARMUP_MS DURATION_MS` is answered by a [ClientRun.Result] in one line.
public final class ClientLoad {
    private ClientLoad() {}

    static void main(String... arguments) throws Exception {
        var name = "";
        int connections = 64;
        Optional<Path> trust = Optional.empty();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--client" -> name = arguments[i + 1];
                case "--connections" -> connections = Integer.parseInt(arguments[i + 1]);
                case "--http2" -> trust = Optional.of(Path.of(arguments[i + 1]));
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        try (var control = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            System.out.println("ready " + control.getLocalPort());
            System.out.flush();
            var under = new UnderTest(name, connections, trust);
            while (true) {
                try (var asking = control.accept()) {
                    under.answer(asking);
                }
            }
        }
    }

    /// The client, made for the address that is asked for first and kept as long as that stays.
    private static final class UnderTest {
        private final String name;
        private final int connections;
        private final Optional<Path> trust;
        private Optional<Caller> caller = Optional.empty();
        private String target = "";

        UnderTest(String name, int connections, Optional<Path> trust) {
            this.name = name;
            this.connections = connections;
            this.trust = trust;
        }

        void answer(Socket asking) throws Exception {
            var in = new BufferedReader(new InputStreamReader(asking.getInputStream(), StandardCharsets.US_ASCII));
            var words = String.valueOf(in.readLine()).split(" ", -1);
            if (words.length != 5 || !words[0].equals("RUN")) throw new IOException("asked for what is not known");
            var run = new ClientRun(
                    caller(words[1]),
                    Integer.parseInt(words[2]),
                    Duration.ofMillis(Long.parseLong(words[3])),
                    Duration.ofMillis(Long.parseLong(words[4])));
            var pid = ProcessHandle.current().pid();
            var result = run.run(() -> ProcessCpu.usedNanos(pid).orElse(0));
            asking.getOutputStream().write((result.toLine() + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        private Caller caller(String url) throws Exception {
            if (caller.isPresent() && target.equals(url)) return caller.get();
            if (caller.isPresent()) caller.get().close();
            target = url;
            var made = Caller.of(name, URI.create(url), connections, trust);
            caller = Optional.of(made);
            return made;
        }
    }
}
