package io.hawser.http.it;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// An HTTP/1.1 client on a plain blocking socket, which sends what it is told.
final class RawClient implements AutoCloseable {
    /// @param head status line and fields, without the empty line
    /// @param content the body
    record Answer(int status, String head, Bytes content) {
        byte[] body() {
            return content.toArray();
        }

        String text() {
            return content.toUtf8();
        }

        boolean isLast() {
            return head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close");
        }
    }

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16);
        socket.setSoTimeout(30_000);
    }

    static RawClient to(Endpoint endpoint) throws IOException {
        return new RawClient(new Socket(endpoint.host(), endpoint.port()));
    }

    /// A client with that address.
    static RawClient from(String address, Endpoint endpoint) throws IOException {
        return new RawClient(new Socket(endpoint.host(), endpoint.port(), InetAddress.getByName(address), 0));
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    }

    Answer answer() throws IOException {
        String head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        if (status == 100) return new Answer(status, head, Bytes.EMPTY);
        if (head.contains("\r\nTransfer-Encoding: chunked")) return new Answer(status, head, Bytes.wrap(chunks()));
        int at = head.indexOf("\r\nContent-Length: ");
        if (at < 0) return new Answer(status, head, Bytes.EMPTY);
        int end = (head + "\r\n").indexOf("\r\n", at + 2);
        return new Answer(status, head, Bytes.wrap(in.readNBytes(Integer.parseInt(head.substring(at + 18, end)))));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            all.write(in.readNBytes(size));
            line();
        }
        while (!line().isEmpty()) {
            // a field of the trailer
        }
        return all.toByteArray();
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder(line());
        for (String line = line(); !line.isEmpty(); line = line())
            head.append("\r\n").append(line);
        return head.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) throw new EOFException("after '" + line + "'");
            line.append((char) octet);
        }
        return line.substring(0, line.length() - 1);
    }

    /// Whether nothing more comes; a reset counts.
    boolean hasEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
