package io.hawser.conformance.v1;

import io.hawser.Endpoint;
import io.hawser.io.ExecutionMode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;

/// What hawser.v1 is spoken on.
public enum Wire {
    MSGI {
        @Override
        public Client connect(Endpoint hub) throws IOException {
            return MsgiClient.connect(hub);
        }
    },
    WEBSOCKET_JSON {
        @Override
        public Client connect(Endpoint hub) throws IOException {
            return SocketClient.connect(hub, "hawser.v1.json", "");
        }
    },
    WEBSOCKET_CBOR {
        @Override
        public Client connect(Endpoint hub) throws IOException {
            return SocketClient.connect(hub, "hawser.v1.cbor", "");
        }
    };

    public abstract Client connect(Endpoint hub) throws IOException;

    /// JSON, after a handshake with one more field.
    public static Client socket(Endpoint hub, String field) throws IOException {
        return SocketClient.connect(hub, "hawser.v1.json", field + "\r\n");
    }

    /// Every wire with every way to run the hub's handlers.
    static Stream<Arguments> withModes() {
        return Arrays.stream(values())
                .flatMap(wire -> Arrays.stream(ExecutionMode.values()).map(mode -> Arguments.of(wire, mode)));
    }

    public static Map<String, ?> position(JsonNode at) {
        return Map.of(
                "e",
                at.path("e").asString(),
                "o",
                at.path("o").asLong(),
                "g",
                at.path("g").asString());
    }
}
