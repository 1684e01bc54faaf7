package io.hawser.hub;

import io.hawser.http.HttpConfig;
import io.hawser.io.ConnectionLimits;
import io.hawser.messaging.Codec;
import io.hawser.messaging.Frame;
import io.hawser.messaging.MessagingConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.Origins;
import io.hawser.websocket.WebSocketConfig;
import java.util.ArrayList;
import java.util.List;

/// What each protocol is configured with: what was said of it, and what follows from the rest of the hub.
record ProtocolConfigs(HubConfig config) {
    private static final int LEAST_FRAME_BYTES = 125;
    private static final List<String> OPERATORS = List.of("/metrics", "/api/", "/login");

    MessagingConfig messaging() {
        MessagingConfig messaging = config.protocols().messaging();
        ConnectionLimits limits = messaging.session().limits();
        // A handler on the event loop gets a message as long as the queue is below its soft bound, and what it
        // answers may be as large as a message: it has to fit.
        int answer = Math.addExact(messaging.maxMessageBytes(), Frame.HEADER_BYTES);
        int hard = Math.max(limits.hardQueueBytes(), Math.addExact(limits.softQueueBytes(), answer));
        return messaging
                .withId(config.node())
                .withCodecs(Codec.available().toArray(Codec[]::new))
                .withBareAllowed(config.bareMode() != BareMode.OFF)
                .withSession(messaging.session().withLimits(limits.withQueueBytes(limits.softQueueBytes(), hard)));
    }

    /// When all places are taken, the operator still comes in.
    HttpConfig http() {
        HttpConfig http = config.protocols().http();
        List<String> kept = new ArrayList<>(http.keptPaths());
        kept.addAll(OPERATORS);
        return http.withKeptPaths(kept);
    }

    WebSocketConfig socket() {
        int maxMessageBytes = config.protocols().messaging().maxMessageBytes();
        WebSocketConfig plain = WebSocketConfig.defaults()
                .withMaxMessageBytes(maxMessageBytes)
                .withMaxFrameBytes(Math.max(maxMessageBytes, LEAST_FRAME_BYTES))
                .withOrigins(Origins.of(config.access().origins().toArray(String[]::new)))
                .withSession(messaging().session());
        return config.protocols().compression() ? plain.withDeflate(Deflate.defaults()) : plain;
    }
}
