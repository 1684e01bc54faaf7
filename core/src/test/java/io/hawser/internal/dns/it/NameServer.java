package io.hawser.internal.dns.it;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A name server of IPv4 addresses: a name that it does not know does not exist. It may be down in several
/// ways.
final class NameServer implements AutoCloseable {
    /// How it is down.
    enum Fault {
        SILENT,
        FAILS,
        REFUSES,
        /// What comes back is no message of DNS.
        BABBLES
    }

    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int SERVFAIL = 2;
    private static final int NXDOMAIN = 3;
    private static final int REFUSED = 5;

    final AtomicInteger questions = new AtomicInteger();
    final Map<String, String> addresses = new ConcurrentHashMap<>();
    volatile int lifeSeconds = 60;
    volatile Optional<Fault> fault = Optional.empty();
    private final DatagramSocket socket;

    NameServer() throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("name-server").start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    private void serve() {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = fault.equals(Optional.of(Fault.BABBLES)) ? new byte[] {1, 2, 3} : answer(buffer);
                if (fault.equals(Optional.of(Fault.SILENT))) continue;
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        for (int length = question[at]; length > 0; length = question[at]) {
            name.append(new String(question, at + 1, length, StandardCharsets.US_ASCII))
                    .append('.');
            at += length + 1;
        }
        int end = at + 5;
        boolean isA = question[at + 2] == TYPE_A;
        if (isA) questions.incrementAndGet();
        String address = fault.isEmpty() ? addresses.get(name.toString()) : null;
        int answers = address != null && isA ? 1 : 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8180 | (address == null ? code() : 0));
        out.writeShort(1);
        out.writeShort(answers);
        out.writeInt(0);
        out.write(question, HEADER, end - HEADER);
        if (answers == 1) {
            out.writeShort(0xC000 | HEADER);
            out.writeShort(TYPE_A);
            out.writeShort(1);
            out.writeInt(lifeSeconds);
            out.writeShort(4);
            out.write(InetAddress.ofLiteral(address).getAddress());
        }
        return bytes.toByteArray();
    }

    private int code() {
        return switch (fault.orElse(Fault.SILENT)) {
            case FAILS -> SERVFAIL;
            case REFUSES -> REFUSED;
            case SILENT, BABBLES -> NXDOMAIN;
        };
    }

    @Override
    public void close() {
        socket.close();
    }
}
