package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborValues;
import io.hawser.internal.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hello and welcome, the CONTROL frames that open session mode, and what else of hawser.v1 the transport
/// itself reads.
///
/// Source: docs/PROTOCOL.md, section 2
final class Greeting {
    private static final int MAX_DEPTH = 16;
    private static final String SOURCE = "hawser.v1, hello";
    private static final int MAX_CLIENT_ID_CHARS = 255;
    private static final int MAX_CODECS = 16;

    private Greeting() {}

    /// @param id of the request
    /// @param client the name that the client gives itself, empty if none
    /// @param pipeline what the client offers for payloads
    /// @param codecs what frames may be compressed with, best first
    record Hello(long id, String client, Optional<Map<String, Object>> pipeline, List<String> codecs) {
        Bytes encoded() {
            CborWriter out = CborWriter.create();
            int pairs = 1 + (pipeline.isPresent() ? 1 : 0) + (codecs.isEmpty() ? 0 : 1);
            out.map(2).text("id").integer(id).text("hello").map(pairs);
            out.text("client").text(client);
            if (!codecs.isEmpty()) {
                out.text("codecs").list(codecs.size());
                for (String codec : codecs) out.text(codec);
            }
            pipeline.ifPresent(offer -> out.text("pipeline").encoded(CborValues.encode(offer)));
            return out.toBytes();
        }
    }

    /// @param server what the server calls itself
    /// @param sid the session's id
    /// @param heartbeatMillis silence after which the server pings
    /// @param codec what frames may be compressed with from now on
    record Welcome(
            long id,
            String server,
            String sid,
            long heartbeatMillis,
            Optional<Map<String, Object>> pipeline,
            Optional<String> codec) {
        Bytes encoded() {
            CborWriter out = CborWriter.create();
            int pairs = 5 + (pipeline.isPresent() ? 1 : 0) + (codec.isPresent() ? 1 : 0);
            out.map(2).text("id").integer(id).text("welcome").map(pairs);
            out.text("server").text(server);
            out.text("sid").text(sid);
            out.text("window").integer(0);
            out.text("resumed").bool(false);
            out.text("hb").integer(heartbeatMillis);
            codec.ifPresent(name -> out.text("codec").text(name));
            pipeline.ifPresent(offer -> out.text("pipeline").encoded(CborValues.encode(offer)));
            return out.toBytes();
        }
    }

    /// The hello in `payload`.
    ///
    /// @return null if it is another request
    /// @throws io.hawser.ProtocolError with code 4004 if it does not parse
    static @Nullable Hello parseHello(Bytes payload) {
        CborReader in = CborReader.of(payload, MAX_DEPTH);
        long id = 0;
        boolean found = false;
        String client = "";
        Map<String, Object> pipeline = null;
        List<String> codecs = new ArrayList<>();
        in.enterMap();
        while (in.hasNext()) {
            switch (in.readText()) {
                case "id" -> id = in.readInteger();
                case "hello" -> {
                    found = true;
                    in.enterMap();
                    while (in.hasNext()) {
                        switch (in.readText()) {
                            case "client" -> client = in.readText();
                            case "codecs" -> readCodecs(in, codecs);
                            case "pipeline" -> pipeline = CborValues.readMap(in);
                            default -> in.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
        in.end();
        if (!found) return null;
        if (client.length() > MAX_CLIENT_ID_CHARS) {
            throw in.malformed("client of " + client.length() + " characters: at most " + MAX_CLIENT_ID_CHARS, SOURCE);
        }
        return new Hello(id, client, Optional.ofNullable(pipeline), codecs);
    }

    private static void readCodecs(CborReader in, List<String> codecs) {
        in.enterList();
        while (in.hasNext()) {
            String name = in.readText();
            if (codecs.size() < MAX_CODECS) codecs.add(name);
        }
    }

    /// The welcome in `payload`.
    ///
    /// @throws io.hawser.ProtocolError with code 4004 if it is none
    static Welcome parseWelcome(Bytes payload) {
        CborReader in = CborReader.of(payload, MAX_DEPTH);
        long id = 0;
        String sid = "";
        String server = "";
        long heartbeat = 0;
        Map<String, Object> pipeline = null;
        String codec = null;
        boolean found = false;
        in.enterMap();
        while (in.hasNext()) {
            switch (in.readText()) {
                case "id" -> id = in.readInteger();
                case "welcome" -> {
                    found = true;
                    in.enterMap();
                    while (in.hasNext()) {
                        switch (in.readText()) {
                            case "server" -> server = in.readText();
                            case "sid" -> sid = in.readText();
                            case "hb" -> heartbeat = in.readInteger();
                            case "codec" -> codec = in.readText();
                            case "pipeline" -> pipeline = CborValues.readMap(in);
                            default -> in.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
        in.end();
        if (!found) throw in.malformed("no welcome", "hawser.v1, welcome");
        return new Welcome(id, server, sid, heartbeat, Optional.ofNullable(pipeline), Optional.ofNullable(codec));
    }
}
