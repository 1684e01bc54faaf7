package io.hawser.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// One connection of a [ScriptedPeer], as its script sees it.
final class ScriptedConnection {
    /// What is remembered of what clients say.
    private static final int MOST_HEARD = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    @SuppressWarnings("JdkObsolete") // several threads append
    private final StringBuffer heard;

    @SuppressWarnings("JdkObsolete") // as above
    ScriptedConnection(Socket socket, StringBuffer heard) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.heard = heard;
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private int readByte() throws IOException {
        int octet = in.read();
        if (octet >= 0 && heard.length() < MOST_HEARD) heard.append((char) octet);
        return octet;
    }

    String read(int count) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.length() < count) {
            int octet = readByte();
            if (octet < 0) throw new EOFException("the client ended after " + said);
            said.append((char) octet);
        }
        return said.toString();
    }

    void readUntil(String text) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.length() < text.length()
                || !text.contentEquals(said.subSequence(said.length() - text.length(), said.length()))) {
            int octet = readByte();
            if (octet < 0) throw new EOFException("the client ended before " + text);
            said.append((char) octet);
        }
    }

    void readToEnd() throws IOException {
        while (readByte() >= 0) {
            // on to the end
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    void close() throws IOException {
        socket.close();
    }

    void reset() {
        FaultyLink.reset(socket);
    }
}
