package io.hawser.testkit;

import io.hawser.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A relay in front of a server that does to its connections what a bad network does. All that is random comes
/// from a seed.
///
/// ```java
/// try (FaultyLink link = FaultyLink.to(server.endpoint(), 42)) {
///     link.towardsServer(new Fault.OneByteAtATime());
///     MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", link.endpoint()));
/// }
/// ```
///
/// Faults hold for the connections that are opened after they were set.
///
/// Thread: safe from any.
public final class FaultyLink implements AutoCloseable {
    private final ServerSocket listening;
    private final Endpoint server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private volatile List<Fault> towardsServer = List.of();
    private volatile List<Fault> towardsClient = List.of();
    private volatile boolean refusing;

    private FaultyLink(ServerSocket listening, Endpoint server, long seed) {
        this.listening = listening;
        this.server = server;
        this.acceptor = Thread.ofVirtual().name("faulty-link").unstarted(() -> accept(seed));
    }

    /// A relay on a free port of the loopback address.
    ///
    /// @throws IOException if there is none
    public static FaultyLink to(Endpoint server, long seed) throws IOException {
        FaultyLink link = new FaultyLink(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), server, seed);
        link.acceptor.start();
        return link;
    }

    /// Where clients connect.
    public Endpoint endpoint() {
        return Endpoint.of(listening.getInetAddress().getHostAddress(), listening.getLocalPort());
    }

    /// What happens to bytes on their way to the server, from the first fault to the last.
    public void towardsServer(Fault... faults) {
        towardsServer = List.of(faults);
    }

    /// What happens to bytes on their way to the client, from the first fault to the last.
    public void towardsClient(Fault... faults) {
        towardsClient = List.of(faults);
    }

    /// Whether new connections are closed at once.
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /// Resets every open connection, those that stand still included.
    public void resetAll() {
        open.removeIf(socket -> {
            reset(socket);
            return true;
        });
    }

    private void accept(long seed) {
        long connections = 0;
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (refusing) {
                    reset(client);
                    continue;
                }
                relay(client, new SplittableRandom(seed + connections++));
            } catch (IOException e) {
                // closed, or the server is not there, which the client has been told by a reset
            }
        }
    }

    private void relay(Socket client, SplittableRandom seeded) throws IOException {
        Socket upstream = new Socket();
        try {
            upstream.connect(new InetSocketAddress(server.host(), server.port()));
        } catch (IOException e) {
            reset(client);
            throw e;
        }
        open.add(client);
        open.add(upstream);
        FaultyDirection there = new FaultyDirection(client, upstream, towardsServer, seeded.nextLong());
        FaultyDirection back = new FaultyDirection(upstream, client, towardsClient, seeded.nextLong());
        AtomicInteger going = new AtomicInteger(2);
        Thread.startVirtualThread(() -> run(there, going));
        Thread.startVirtualThread(() -> run(back, going));
    }

    /// A direction may end while the other goes on; one that is left open never does.
    private void run(FaultyDirection direction, AtomicInteger going) {
        direction.run();
        if (!direction.isLeftOpen() && going.decrementAndGet() == 0) {
            close(direction.source());
            close(direction.target());
        }
        open.removeIf(Socket::isClosed);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is closed, which is what was wanted
        }
    }

    /// Ends the relay and resets what is open.
    @Override
    public void close() throws IOException {
        listening.close();
        resetAll();
    }
}
