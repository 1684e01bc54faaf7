package io.hawser.http.it;

import io.hawser.Endpoint;
import io.hawser.internal.http2.PeerFrames;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A client of HTTP/2 on a plain blocking socket, which sends what it is told.
public final class Http2Client implements AutoCloseable {
    public final PeerFrames frames = new PeerFrames();
    private final Socket socket;
    private final InputStream in;
    private final ArrayDeque<String> read = new ArrayDeque<>();
    private final byte[] buffer = new byte[1 << 16];

    private Http2Client(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        socket.setSoTimeout(30_000);
    }

    /// Connects with prior knowledge.
    public static Http2Client to(Endpoint endpoint) throws IOException {
        Http2Client client = silent(endpoint);
        return client.send(client.frames.preface(), client.frames.settings());
    }

    /// Connects and says nothing yet.
    static Http2Client silent(Endpoint endpoint) throws IOException {
        return new Http2Client(new Socket(endpoint.host(), endpoint.port()));
    }

    public Http2Client send(byte[]... parts) throws IOException {
        socket.getOutputStream().write(PeerFrames.join(parts));
        return this;
    }

    /// The next frame as [PeerFrames#read] writes it, and `END` once the server has closed.
    public String next() throws IOException {
        while (read.isEmpty()) {
            int count = in.read(buffer);
            if (count < 0) return "END";
            read.addAll(frames.read(Arrays.copyOf(buffer, count)));
        }
        return read.remove();
    }

    /// The frames of `stream` up to the one that ends it, or to the end of the connection.
    public List<String> answer(int stream) throws IOException {
        List<String> all = new ArrayList<>();
        while (true) {
            String line = next();
            if (line.equals("END")) return all;
            String[] words = line.split(" ", 4);
            if (words.length < 2 || !words[1].equals(String.valueOf(stream))) continue;
            if (words[0].equals("WINDOW_UPDATE")) continue;
            all.add(line);
            if (words[0].equals("RST_STREAM") || (words.length > 2 && words[2].equals("END_STREAM"))) return all;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
