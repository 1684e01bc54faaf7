package io.hawser.benchmarks.peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Echo of MSGI frames on the JDK's blocking sockets, one virtual thread for each connection.
final class JdkVirtualThreads {
    private static final int MAX_FRAME_BYTES = (1 << 20) + 10;
    private static final int LENGTH_END = 8;
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int BACKLOG = 4096;

    private JdkVirtualThreads() {}

    static void main(String... arguments) throws IOException {
        var asked = PeerArguments.of(arguments);
        // Read when the first virtual thread starts.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(asked.threads()));
        try (var server = new ServerSocket(asked.port(), BACKLOG, InetAddress.ofLiteral("127.0.0.1"))) {
            PeerArguments.ready(server.getLocalPort());
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
            var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
            while (true) {
                int magic = in.readInt();
                int length = in.readInt();
                if (length < LENGTH_END || length > MAX_FRAME_BYTES) return;
                byte[] rest = in.readNBytes(length - LENGTH_END);
                if (rest.length < length - LENGTH_END) return;
                out.writeInt(magic);
                out.writeInt(length);
                out.write(rest);
                // One write for all that one read brought.
                if (in.available() == 0) out.flush();
            }
        } catch (EOFException e) {
            // The peer is done.
        } catch (IOException e) {
            System.err.println("connection: " + e.getMessage());
        }
    }
}
