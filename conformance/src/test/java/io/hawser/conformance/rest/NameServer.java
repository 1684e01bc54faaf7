package io.hawser.conformance.rest;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A name server that says of every name that it is at 127.0.0.1 for a second, until it is taken down.
final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int TYPE_AND_CLASS = 4;
    private static final short ANSWER = (short) 0x8180;
    private static final short SERVFAIL = 2;
    private static final byte A = 1;

    /// How it is.
    enum State {
        WELL,
        SILENT,
        FAILS,
        /// Nothing listens any more.
        AWAY
    }

    private final DatagramSocket socket;
    private volatile State state = State.WELL;

    NameServer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    void become(State changed) {
        state = changed;
        if (changed == State.AWAY) socket.close();
    }

    private void serve() {
        byte[] question = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(question, question.length);
                socket.receive(packet);
                if (state == State.SILENT) continue;
                byte[] answer = answer(question);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(byte[] question) {
        int name = HEADER;
        while (question[name] != 0) name += 1 + question[name];
        int end = name + 1 + TYPE_AND_CLASS;
        boolean isFound = state == State.WELL && question[name + 2] == A;
        ByteBuffer answer = ByteBuffer.allocate(end + 16).put(question, 0, 2);
        answer.putShort((short) (ANSWER | (state == State.WELL ? 0 : SERVFAIL)))
                .putShort((short) 1)
                .putShort((short) (isFound ? 1 : 0))
                .putInt(0)
                .put(question, HEADER, end - HEADER);
        if (isFound) {
            answer.putShort((short) (0xC000 | HEADER)).putShort(A).putShort((short) 1);
            answer.putInt(1).putShort((short) 4).put(new byte[] {127, 0, 0, 1});
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
