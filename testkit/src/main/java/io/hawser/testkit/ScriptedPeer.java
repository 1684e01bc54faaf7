package io.hawser.testkit;

import io.hawser.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that says exactly these bytes at these times, whatever it is told: for clients that must not be
/// shaken by it.
///
/// ```java
/// Script answer = Script.of().readHead().send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
/// try (ScriptedPeer peer = ScriptedPeer.start(answer.close(), answer.pause(Duration.ofSeconds(1)).reset())) {
///     client.get("http://" + peer.endpoint() + "/");
///     peer.check();
/// }
/// ```
///
/// The first connection gets the first script, the next one the next, and those beyond the last one get that
/// again.
///
/// Thread: safe from any.
public final class ScriptedPeer implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Script> scripts;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final List<AssertionError> failures = new ArrayList<>();

    @SuppressWarnings("JdkObsolete") // several threads append
    private final StringBuffer heard = new StringBuffer();

    private ScriptedPeer(ServerSocket listening, List<Script> scripts) {
        this.listening = listening;
        this.scripts = scripts;
    }

    /// Listens on a free port of the loopback address.
    public static ScriptedPeer start(Script... scripts) throws IOException {
        if (scripts.length == 0) throw new IllegalArgumentException("scripts: at least one");
        ServerSocket listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        ScriptedPeer peer = new ScriptedPeer(listening, List.of(scripts));
        Thread.ofVirtual().name("scripted-peer").start(peer::accept);
        return peer;
    }

    /// Where clients connect.
    public Endpoint endpoint() {
        return Endpoint.of(listening.getInetAddress().getHostAddress(), listening.getLocalPort());
    }

    /// Connections accepted so far.
    public int accepted() {
        return accepted.get();
    }

    /// Connections that were open at once, at most.
    public int mostOpen() {
        return mostOpen.get();
    }

    /// What clients have said so far, of all connections, one character a byte; the first MiB of it.
    public String heard() {
        return heard.toString();
    }

    /// Looks whether clients said what was expected of them.
    ///
    /// @throws AssertionError if one said something else than its script expected, or ended before it
    public void check() {
        synchronized (failures) {
            for (AssertionError failure : failures) throw failure;
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                int index = accepted.getAndIncrement();
                mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                sockets.add(socket);
                Script script = scripts.get(Math.min(index, scripts.size() - 1));
                Thread thread =
                        Thread.ofVirtual().name("scripted-peer-" + index).unstarted(() -> run(script, socket));
                running.add(thread);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void run(Script script, Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            script.run(new ScriptedConnection(socket, heard));
        } catch (AssertionError unexpected) {
            synchronized (failures) {
                failures.add(unexpected);
            }
        } catch (IOException e) {
            // the client has left, which is its right
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
            running.remove(Thread.currentThread());
            sockets.remove(socket);
            closeQuietly(socket);
        }
    }

    private static void closeQuietly(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            // it is closed, which is what was wanted
        }
    }

    /// Stops listening, ends the scripts, and closes what is open.
    @Override
    public void close() {
        closeQuietly(listening);
        sockets.forEach(ScriptedPeer::closeQuietly);
        running.forEach(Thread::interrupt);
    }
}
