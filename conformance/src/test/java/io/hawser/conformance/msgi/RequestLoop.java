package io.hawser.conformance.msgi;

import io.hawser.Endpoint;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// HTTP clients that ask without a pause: half of them keep their connection until they are told that it ends, half
/// open one for each request.
final class RequestLoop implements AutoCloseable {
    private static final byte[] REQUEST =
            "GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Endpoint server;
    private final boolean untilItStops;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    private RequestLoop(Endpoint server, boolean untilItStops) {
        this.server = server;
        this.untilItStops = untilItStops;
    }

    static RequestLoop start(Endpoint server, int clients) {
        return start(server, clients, false);
    }

    /// Clients that keep their connection, and have their end when nobody listens any more.
    static RequestLoop keeping(Endpoint server, int clients) {
        return start(server, clients, true);
    }

    private static RequestLoop start(Endpoint server, int clients, boolean untilItStops) {
        RequestLoop loop = new RequestLoop(server, untilItStops);
        for (int i = 0; i < clients; i++) {
            boolean keeps = untilItStops || i % 2 == 0;
            loop.threads.add(Thread.startVirtualThread(() -> loop.run(keeps)));
        }
        return loop;
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void run(boolean keeps) {
        while (!stopping) {
            long before = answered.get();
            try (Socket socket = new Socket(server.host(), server.port())) {
                socket.setSoTimeout(60_000);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                while (!stopping && goesOn(socket, in) && keeps) {}
                if (untilItStops) return;
            } catch (IOException e) {
                failures.add(e + (keeps ? ", kept" : ", fresh") + ", after " + before);
            }
        }
    }

    private boolean goesOn(Socket socket, InputStream in) throws IOException {
        socket.getOutputStream().write(REQUEST);
        boolean goesOn = true;
        String status = line(in);
        int length = 0;
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.equals("connection: close")) goesOn = false;
            if (lower.startsWith("content-length: ")) length = Integer.parseInt(lower.substring(16));
        }
        String body = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        if (status.equals("HTTP/1.1 200 OK") && body.equals("Hello, World!")) answered.incrementAndGet();
        else failures.add(status + " " + body);
        return goesOn;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("it ended after '" + line + "'");
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
