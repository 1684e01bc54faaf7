package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.internal.item.ItemReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what stands behind the name of a call.
final class CallReader {
    private static final int MAX_CLIENT_CHARS = 255;
    private static final int MAX_MID_CHARS = 255;
    private static final int MAX_POSITIONS = 1024;

    private final Notation notation;
    private final ItemReader in;
    private String topic = "";
    private String to = "";
    private String mid = "";
    private String client = "";
    private String resume = "";
    private long s;
    private boolean spread;
    private @Nullable Position position;
    private @Nullable String badPosition;
    private @Nullable String badMid;
    private @Nullable Payload payload;
    private Call.Auth auth = Call.Auth.NOTHING;
    private final Map<String, Position> positions = new LinkedHashMap<>();

    private CallReader(Notation notation, ItemReader in) {
        this.notation = notation;
        this.in = in;
    }

    static Call read(String name, Notation notation, ItemReader in) {
        CallReader reader = new CallReader(notation, in);
        return switch (name) {
            case "hello", "sub", "unsub", "pub", "send", "bcast", "who", "ack", "auth" -> reader.known(name);
            default -> {
                in.skip();
                yield new Call.Unknown(name);
            }
        };
    }

    private Call known(String name) {
        if (name.equals("auth")) return auth();
        in.enterMap();
        while (in.hasNext()) {
            switch (in.readText()) {
                case "topic" -> topic = in.readText();
                case "to" -> to = in.readText();
                case "mid" -> mid = mid();
                case "client" -> client = client();
                case "auth" -> auth = auth();
                case "resume" -> resume = in.readText();
                case "s" -> s = in.readInteger();
                case "spread" -> spread = in.readBool();
                case "d" -> payload = Payload.readValue(notation, in);
                case "b" -> payload = Payload.bytes(in.readBytes());
                case "pos" -> {
                    if (name.equals("hello")) positions();
                    else position = position();
                }
                default -> in.skip();
            }
        }
        if (badPosition != null) return new Call.Bad(badPosition);
        if (badMid != null) return new Call.Bad(badMid);
        return switch (name) {
            case "hello" -> new Call.Hello(client, auth, resume, s, positions, spread);
            case "sub" -> new Call.Sub(topic, Optional.ofNullable(position));
            case "unsub" -> new Call.Unsub(topic);
            case "pub" -> new Call.Pub(topic, Optional.ofNullable(payload), mid);
            case "send" -> new Call.Send(to, Optional.ofNullable(payload), mid);
            case "bcast" -> new Call.Bcast(Optional.ofNullable(payload));
            case "who" -> new Call.Who(topic);
            default -> new Call.Ack(s);
        };
    }

    private Call.Auth auth() {
        String bearer = "";
        String user = "";
        @Nullable Bytes proof = null;
        in.enterMap();
        while (in.hasNext()) {
            switch (in.readText()) {
                case "bearer" -> bearer = in.readText();
                case "user" -> user = in.readText();
                case "proof" -> proof = in.readBytes();
                default -> in.skip();
            }
        }
        return new Call.Auth(bearer, user, Optional.ofNullable(proof));
    }

    private String mid() {
        String given = in.readText();
        if (given.length() > MAX_MID_CHARS)
            badMid = "mid of " + given.length() + " characters: at most " + MAX_MID_CHARS;
        return given;
    }

    private String client() {
        String name = in.readText();
        if (name.length() > MAX_CLIENT_CHARS) {
            throw in.malformed(
                    "client of " + name.length() + " characters: at most " + MAX_CLIENT_CHARS, "hawser.v1, hello");
        }
        return name;
    }

    private void positions() {
        in.enterMap();
        while (in.hasNext()) {
            String followed = in.readText();
            Position at = position();
            if (at == null) continue;
            if (positions.size() == MAX_POSITIONS) throw in.malformed("over 1,024 positions", "hawser.v1, hello");
            positions.put(followed, at);
        }
    }

    private @Nullable Position position() {
        String epoch = "";
        long offset = 0;
        String tag = "";
        in.enterMap();
        while (in.hasNext()) {
            switch (in.readText()) {
                case "e" -> epoch = in.readText();
                case "o" -> offset = in.readInteger();
                case "g" -> tag = in.readText();
                default -> in.skip();
            }
        }
        try {
            return new Position(epoch, offset, tag);
        } catch (IllegalArgumentException e) {
            badPosition = "pos: " + e.getMessage();
            return null;
        }
    }
}
