package io.hawser.client;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.cluster.Position;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/// What a client says, in CBOR.
///
/// Source: docs/PROTOCOL.md, section 5
final class Requests {
    private static final CBORMapper CBOR = new CBORMapper();
    private static final int MALFORMED = 4004;

    private Requests() {}

    static Bytes encode(ObjectNode map) {
        return Bytes.wrap(CBOR.writeValueAsBytes(map));
    }

    static JsonNode decode(Bytes map) {
        try {
            return CBOR.readTree(map.toArray());
        } catch (JacksonException e) {
            throw new ProtocolError(MALFORMED, "no CBOR: " + e.getOriginalMessage(), "hawser.v1");
        }
    }

    /// A request without a number.
    static ObjectNode request(String name, ObjectNode body) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.set(name, body);
        return map;
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode topic(String name) {
        return body().put("topic", name);
    }

    static ObjectNode with(ObjectNode body, Data data) {
        body.set(data.node().isBinary() ? "b" : "d", data.node());
        return body;
    }

    static ObjectNode position(Position at) {
        return body().put("e", at.epoch()).put("o", at.offset()).put("g", at.tag());
    }

    /// [Position#NONE] if there is none.
    static Position position(JsonNode at) {
        String epoch = at.path("e").asString("");
        return epoch.isEmpty()
                ? Position.NONE
                : new Position(epoch, at.path("o").asLong(), at.path("g").asString(""));
    }

    static ObjectNode positions(Map<String, Position> all) {
        ObjectNode map = body();
        all.forEach((topic, at) -> map.set(topic, position(at)));
        return map;
    }

    /// Whether it is a message of the application rather than of the protocol.
    static boolean isData(ObjectNode request) {
        return request.has("pub") || request.has("send") || request.has("bcast");
    }

    static Data data(JsonNode body) {
        return Data.ofNode(body.has("b") ? body.path("b") : body.path("d"));
    }
}
