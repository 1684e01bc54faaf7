package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborReader;
import java.util.Optional;

/// A request of hawser.v1 that came in a DATA frame.
///
/// @param id which the answer repeats; below 0 if there is none, and then no answer is wanted
/// @param name what is asked for; empty for an application ping
/// @param to the session that `send` names, empty if none
///
/// Source: docs/PROTOCOL.md, section 5
record Request(long id, String name, String to, Optional<Payload> payload) {
    private static final int MAX_DEPTH = 16;
    private static final long MAX_ID = (1L << 53) - 1;
    private static final String RULE = "hawser.v1";

    /// @throws io.hawser.ProtocolError with code 4004 if `bytes` is no request
    /// @throws io.hawser.LimitExceeded if it is nested too deeply
    static Request parse(Bytes bytes) {
        CborReader in = CborReader.of(bytes, MAX_DEPTH);
        long id = -1;
        String name = "";
        String to = "";
        Payload payload = null;
        in.enterMap();
        while (in.hasNext()) {
            String key = in.readText();
            switch (key) {
                case "id" -> id = id(in);
                case "send", "bcast" -> {
                    name = key;
                    in.enterMap();
                    while (in.hasNext()) {
                        switch (in.readText()) {
                            case "to" -> to = in.readText();
                            case "d" -> payload = Payload.readValue(in);
                            case "b" -> payload = Payload.readBytes(in);
                            default -> in.skip();
                        }
                    }
                }
                default -> {
                    if (name.isEmpty()) name = key;
                    in.skip();
                }
            }
        }
        in.end();
        return new Request(id, name, to, Optional.ofNullable(payload));
    }

    private static long id(CborReader in) {
        long id = in.readInteger();
        if (id < 0 || id > MAX_ID) throw in.malformed("id " + id + ": from 0 to 2^53 - 1", RULE);
        return id;
    }
}
