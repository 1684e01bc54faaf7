package io.hawser.nats.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A relay to a broker that, once told to, passes on nothing of what the broker says from the first write to
/// a key-value bucket on: the write arrives, and its answer does not.
///
/// Thread: one client at a time; two threads carry.
final class DeafRelay implements AutoCloseable {
    private static final String WRITE = "PUB $KV.";

    private final ServerSocket listening;
    private final URI broker;
    private final CountDownLatch written = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isArmed;

    private interface Carrying {
        void run() throws IOException;
    }

    DeafRelay(String broker) throws IOException {
        this.broker = URI.create(broker);
        this.listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private synchronized void start(Carrying carrying) {
        threads.add(Thread.ofPlatform().name("deaf-relay").start(() -> {
            try {
                carrying.run();
            } catch (IOException over) {
                // The test ends.
            }
        }));
    }

    private void accept() throws IOException {
        Socket client = listening.accept();
        Socket server = new Socket(broker.getHost(), broker.getPort());
        synchronized (this) {
            sockets.addAll(List.of(client, server));
        }
        start(() -> carry(server, client, false));
        carry(client, server, true);
    }

    private void carry(Socket from, Socket to, boolean isToBroker) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] some = new byte[1 << 16];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            boolean isWrite =
                    isToBroker && isArmed && new String(some, 0, read, StandardCharsets.ISO_8859_1).contains(WRITE);
            if (isWrite) written.countDown();
            if (isToBroker || written.getCount() > 0) out.write(some, 0, read);
        }
    }

    String url() {
        return "nats://127.0.0.1:" + listening.getLocalPort();
    }

    /// The next write has no answer.
    void arm() {
        isArmed = true;
    }

    void awaitWrite() throws InterruptedException {
        if (!written.await(60, TimeUnit.SECONDS)) throw new AssertionError("nothing was written");
    }

    @Override
    public void close() throws IOException {
        listening.close();
        List<Thread> all;
        synchronized (this) {
            for (Socket socket : sockets) socket.close();
            all = List.copyOf(threads);
        }
        try {
            for (Thread thread : all) thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
