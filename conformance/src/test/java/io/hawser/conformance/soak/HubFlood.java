package io.hawser.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.conformance.msgi.MsgiPeer;
import io.hawser.conformance.rest.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/// Something that costs a peer little and makes the hub work, over and over.
enum HubFlood {
    HELLOS(1) {
        @Override
        void once(Endpoint hub) throws IOException {
            try (MsgiPeer peer = MsgiPeer.connect(hub)) {
                peer.greet("flood");
            }
        }
    },
    RESUMES_WITH_DEAD_TOKENS(1) {
        @Override
        void once(Endpoint hub) throws IOException {
            Map<String, ?> hello = Map.of("client", "flood", "resume", "nobody.ever.had.this");
            try (MsgiPeer peer = MsgiPeer.connect(hub)) {
                peer.write(MsgiPeer.cbor(MsgiPeer.CONTROL, Map.of("id", 1, "hello", hello)));
                JsonNode welcome = peer.readMap(MsgiPeer.CONTROL).path("welcome");
                assertThat(welcome.path("resumed").asBoolean(true)).isFalse();
            }
        }
    },
    EVENT_STREAMS(1) {
        @Override
        void once(Endpoint hub) throws IOException {
            try (Socket socket = new Socket(hub.host(), hub.port())) {
                socket.setSoTimeout(60_000);
                String asked = "GET /events?topic=flood HTTP/1.1\r\nHost: " + hub + "\r\n\r\n";
                socket.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
                String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                assertThat(status).isEqualTo("HTTP/1.1 200");
            }
        }
    },
    LOGINS(1) {
        @Override
        void once(Endpoint hub) throws IOException {
            assertThat(new Http(hub).post("/login", "{\"token\":\"guess\"}").status())
                    .isIn(401, 429);
        }
    },
    SUBSCRIPTIONS(20) {
        @Override
        void once(Endpoint hub) throws IOException {
            asked(
                    hub,
                    MsgiPeer.CONTROL,
                    sid -> i -> i % 2 == 0
                            ? Map.of("id", i, "sub", Map.of("topic", "flood." + i))
                            : Map.of("id", i, "unsub", Map.of("topic", "flood." + (i - 1))));
        }
    },
    QUESTIONS(20) {
        @Override
        void once(Endpoint hub) throws IOException {
            asked(
                    hub,
                    MsgiPeer.CONTROL,
                    sid -> i -> i == 2
                            ? Map.of("id", i, "sub", Map.of("topic", "flood"))
                            : Map.of("id", i, "who", Map.of("topic", "flood")));
        }
    },
    ACKNOWLEDGEMENTS(20) {
        @Override
        void once(Endpoint hub) throws IOException {
            try (MsgiPeer peer = MsgiPeer.connect(hub)) {
                peer.greet("flood");
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (int i = 0; i < REQUESTS; i++)
                    all.writeBytes(MsgiPeer.cbor(MsgiPeer.CONTROL, Map.of("ack", Map.of("s", i))));
                // The answer to this says that those before it were read.
                all.writeBytes(MsgiPeer.cbor(MsgiPeer.CONTROL, Map.of()));
                peer.write(all.toByteArray());
                assertThat(peer.readMap(MsgiPeer.CONTROL).isEmpty()).isTrue();
            }
        }
    },
    MESSAGES_TO_ITSELF(20) {
        @Override
        void once(Endpoint hub) throws IOException {
            asked(hub, MsgiPeer.DATA, sid -> i -> Map.of("id", i, "send", Map.of("to", sid, "d", "x")));
        }
    };

    /// What one conversation asks for, where it asks for more than one thing.
    static final int REQUESTS = 600;

    private static final int AT_ONCE = 50;

    private final int weight;

    /// @param weight how many of the others' conversations take as long as one of these, roughly
    HubFlood(int weight) {
        this.weight = weight;
    }

    /// One conversation, at whose end the connection is cut.
    abstract void once(Endpoint hub) throws IOException;

    /// How many of `plain` conversations there are of this kind.
    int conversations(int plain) {
        return Math.max(1, plain / weight);
    }

    /// Asks one thing after another, a few at once, and gets an answer to each, be it that it is too much.
    private static void asked(Endpoint hub, int type, Function<String, IntFunction<Map<String, ?>>> by)
            throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub)) {
            IntFunction<Map<String, ?>> requests =
                    by.apply(peer.greet("flood").path("sid").asString());
            for (int first = 2; first < REQUESTS; first += AT_ONCE) {
                ByteArrayOutputStream some = new ByteArrayOutputStream();
                for (int i = first; i < first + AT_ONCE; i++) some.writeBytes(MsgiPeer.cbor(type, requests.apply(i)));
                peer.write(some.toByteArray());
                for (int answers = 0; answers < AT_ONCE; ) {
                    if (peer.read().cbor().has("id")) answers++;
                }
            }
        }
    }
}
