package io.hawser.conformance.http1;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An HTTP/1.1 client on a plain blocking socket, which sends what it is told.
final class HttpPeer implements AutoCloseable {
    /// @param fields names in lower case; of several, the last
    record Answer(int status, Map<String, String> fields, Bytes body) {
        String text() {
            return body.toUtf8();
        }

        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    private final Socket socket;
    private final InputStream in;

    private HttpPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
    }

    static HttpPeer to(Endpoint endpoint) throws IOException {
        return new HttpPeer(new Socket(endpoint.host(), endpoint.port()));
    }

    HttpPeer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends what the server still takes: it may have refused what came before.
    HttpPeer send(byte... bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException closed) {
            // then its answer, or the end of it, is there to be read
        }
        return this;
    }

    Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")
                .answer(false)
                .orElseThrow();
    }

    /// The next answer, nothing at the end of the connection.
    Optional<Answer> answer(boolean isBodiless) throws IOException {
        try {
            String statusLine = line();
            if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9]{2} .*"))
                throw new IOException("no status line: " + statusLine);
            Map<String, String> fields = new LinkedHashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            byte[] body = isBodiless ? new byte[0] : body(fields);
            return Optional.of(new Answer(Integer.parseInt(statusLine.substring(9, 12)), fields, Bytes.wrap(body)));
        } catch (EOFException | SocketException end) {
            return Optional.empty();
        }
    }

    private byte[] body(Map<String, String> fields) throws IOException {
        if (fields.getOrDefault("transfer-encoding", "").equals("chunked")) return chunks();
        String length = fields.get("content-length");
        return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
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

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) throw new EOFException("after '" + line + "'");
            line.append((char) octet);
        }
        return line.substring(0, line.length() - 1);
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
