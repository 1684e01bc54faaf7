package io.hawser.hub.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Passes connections on to whichever of some ports answers, and can stop passing anything on, without a
/// word to either end, as a network does.
///
/// Thread: virtual ones of its own; `stop` and `goOn` from any.
final class Relay implements AutoCloseable {
    /// Sees what comes from whoever connected, one for each connection.
    interface Tap {
        void passed(byte[] bytes, int count);
    }

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int BACKLOG = 256;
    private static final int PATIENCE_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 20;

    private final ServerSocket server;
    private final List<Integer> ports;
    private final Supplier<Tap> taps;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isStopped;

    Relay(List<Integer> ports) throws IOException {
        this(ports, () -> (bytes, count) -> {});
    }

    Relay(List<Integer> ports, Supplier<Tap> taps) throws IOException {
        this.ports = List.copyOf(ports);
        this.taps = taps;
        this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("chaos-relay").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void stop() {
        isStopped = true;
    }

    void goOn() {
        isStopped = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> relay(near));
            } catch (IOException e) {
                // It is closed.
            }
        }
    }

    private void relay(Socket near) {
        try (near;
                Socket far = dial()) {
            open.add(far);
            Thread back = Thread.ofVirtual().start(() -> pass(far, near, (bytes, count) -> {}));
            pass(near, far, taps.get());
            back.join();
            open.remove(far);
        } catch (IOException e) {
            // Whoever connected finds out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    private Socket dial() throws IOException, InterruptedException {
        awaitGoing();
        for (int port : ports) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
            }
        }
        throw new IOException("nobody answers");
    }

    private void pass(Socket from, Socket to, Tap tap) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                tap.passed(buffer, read);
                awaitGoing();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The other direction ends, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(from);
        close(to);
    }

    private void awaitGoing() throws InterruptedException {
        while (isStopped && !server.isClosed()) TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Relay::close);
    }
}
