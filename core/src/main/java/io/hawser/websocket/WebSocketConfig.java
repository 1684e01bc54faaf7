package io.hawser.websocket;

import io.hawser.http.HttpVersion;
import io.hawser.internal.http.Tokens;
import io.hawser.session.SessionConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one end of WebSocket connections accepts, and how it looks after them.
///
/// @param maxMessageBytes the longest message that is received, inflated; longer is 1009; default 1 MiB
/// @param maxFrameBytes the longest frame that is received, 1009 too; default 16 MiB, so that the message
///     counts
/// @param fragmentBytes messages of ours that are longer are sent in several frames; default 16 MiB
/// @param subprotocols what the application speaks, best first: a server chooses the first of them that the
///     client offers, a client offers them
/// @param origins whose pages may connect to a server; default those of the same origin
/// @param deflate compression, for which the peer must be willing too; default none, for memory
/// @param session queues and time limits
/// @param versions of HTTP in which a client asks: over TLS the server chooses one of them; without TLS it is
///     HTTP/1.1 where that is among them, and HTTP/2 with prior knowledge where it is not; default HTTP/1.1. A
///     server is asked in any
public record WebSocketConfig(
        int maxMessageBytes,
        int maxFrameBytes,
        int fragmentBytes,
        List<String> subprotocols,
        Origins origins,
        Optional<Deflate> deflate,
        SessionConfig session,
        Set<HttpVersion> versions) {
    private static final WebSocketConfig DEFAULTS = new WebSocketConfig(
            1 << 20,
            16 << 20,
            16 << 20,
            List.of(),
            Origins.same(),
            Optional.empty(),
            SessionConfig.defaults(),
            Set.of(HttpVersion.HTTP_1_1));
    private static final int LARGEST = 1 << 30;
    private static final int LEAST_FRAME = 125;

    public WebSocketConfig {
        if (maxMessageBytes < 1 || maxMessageBytes > LARGEST) {
            throw new IllegalArgumentException("maxMessageBytes " + maxMessageBytes + ": from 1 to " + LARGEST);
        }
        frame("maxFrameBytes", maxFrameBytes);
        frame("fragmentBytes", fragmentBytes);
        versions = Set.copyOf(versions);
        if (versions.isEmpty() || versions.contains(HttpVersion.HTTP_1_0)) {
            throw new IllegalArgumentException("versions " + versions + ": HTTP/1.1, HTTP/2 or both");
        }
        subprotocols = List.copyOf(subprotocols);
        for (String name : subprotocols) {
            if (!Tokens.isToken(name)) throw new IllegalArgumentException("subprotocol \"" + name + "\": not a token");
        }
    }

    private static void frame(String name, int bytes) {
        if (bytes < LEAST_FRAME || bytes > LARGEST) {
            throw new IllegalArgumentException(name + " " + bytes + ": from " + LEAST_FRAME + " to " + LARGEST);
        }
    }

    public static WebSocketConfig defaults() {
        return DEFAULTS;
    }

    public WebSocketConfig withMaxMessageBytes(int changed) {
        return new WebSocketConfig(
                changed, maxFrameBytes, fragmentBytes, subprotocols, origins, deflate, session, versions);
    }

    public WebSocketConfig withMaxFrameBytes(int changed) {
        return new WebSocketConfig(
                maxMessageBytes, changed, fragmentBytes, subprotocols, origins, deflate, session, versions);
    }

    public WebSocketConfig withFragmentBytes(int changed) {
        return new WebSocketConfig(
                maxMessageBytes, maxFrameBytes, changed, subprotocols, origins, deflate, session, versions);
    }

    public WebSocketConfig withSubprotocols(String... bestFirst) {
        return new WebSocketConfig(
                maxMessageBytes, maxFrameBytes, fragmentBytes, List.of(bestFirst), origins, deflate, session, versions);
    }

    public WebSocketConfig withOrigins(Origins changed) {
        return new WebSocketConfig(
                maxMessageBytes, maxFrameBytes, fragmentBytes, subprotocols, changed, deflate, session, versions);
    }

    public WebSocketConfig withDeflate(Deflate changed) {
        return new WebSocketConfig(
                maxMessageBytes,
                maxFrameBytes,
                fragmentBytes,
                subprotocols,
                origins,
                Optional.of(changed),
                session,
                versions);
    }

    public WebSocketConfig withSession(SessionConfig changed) {
        return new WebSocketConfig(
                maxMessageBytes, maxFrameBytes, fragmentBytes, subprotocols, origins, deflate, changed, versions);
    }

    /// With these versions of HTTP for the handshakes of a client.
    ///
    /// Source: RFC 8441
    public WebSocketConfig withVersions(HttpVersion... changed) {
        return new WebSocketConfig(
                maxMessageBytes,
                maxFrameBytes,
                fragmentBytes,
                subprotocols,
                origins,
                deflate,
                session,
                Set.of(changed));
    }
}
