package io.hawser.conformance.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A reader of server-sent events on a raw socket, whose answer comes in chunks.
final class EventPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Socket socket;
    private final BufferedReader in;

    /// One event; `end` is the end of the stream.
    record Event(String id, String type, String data) {
        JsonNode json() {
            return JSON.readTree(data);
        }
    }

    private EventPeer(Endpoint server) throws IOException {
        socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    static EventPeer open(Endpoint server, String topic, String lastEventId) throws IOException {
        EventPeer peer = new EventPeer(server);
        String last = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
        peer.socket
                .getOutputStream()
                .write(("GET /events?topic=" + topic + " HTTP/1.1\r\nHost: " + server + "\r\n" + last + "\r\n")
                        .getBytes(UTF_8));
        assertThat(peer.in.readLine()).startsWith("HTTP/1.1 200 ");
        String line = peer.in.readLine();
        while (!line.isEmpty()) line = peer.in.readLine();
        return peer;
    }

    /// The next event, whose lines are those that are fields: between them are sizes of chunks.
    Event read() throws IOException {
        String id = "";
        String type = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("id: ")) id = line.substring(4);
            if (line.startsWith("event: ")) type = line.substring(7);
            if (line.startsWith("data: ")) data = line.substring(6);
            if (line.isEmpty() && !data.isEmpty()) return new Event(id, type, data);
            if (line.equals("0")) break;
        }
        return new Event("", "end", "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
