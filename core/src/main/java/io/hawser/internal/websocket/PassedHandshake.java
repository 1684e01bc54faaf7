package io.hawser.internal.websocket;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Switched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The handshake of a WebSocket that a gateway passes through.
///
/// A client of HTTP/1.1 has a key, which the server behind answers; for one of HTTP/2, which has none, the
/// gateway asks with a key of its own.
///
/// Source: RFC 6455, section 4; RFC 8441, section 5
public final class PassedHandshake {
    private static final String PROTOCOL = "websocket";

    private final String key;
    private final boolean isOwnKey;

    private PassedHandshake(String key, boolean isOwnKey) {
        this.key = key;
        this.isOwnKey = isOwnKey;
    }

    /// Whether `request` asks for a WebSocket. In HTTP/1.0 it cannot. Source: RFC 9110, section 7.8
    public static boolean isAskedBy(Request request) {
        return request.version() != HttpVersion.HTTP_1_0 && request.headers().lists(Names.UPGRADE, PROTOCOL);
    }

    /// What is wrong with `request`, if anything is.
    public static Optional<String> fault(Request request) {
        if (!request.method().equals(Method.GET)) return Optional.of("a WebSocket begins with GET");
        if (request.body().length().orElse(1) != 0) return Optional.of("a handshake has no body");
        if (request.version() == HttpVersion.HTTP_2) return Optional.empty();
        if (!request.headers().lists(Names.CONNECTION, Names.UPGRADE)) return Optional.of("Connection: Upgrade");
        List<String> keys = request.headers().all(Fields.KEY);
        boolean isGood = keys.size() == 1 && HandshakeKey.isKey(keys.getFirst());
        return isGood ? Optional.empty() : Optional.of("Sec-WebSocket-Key: 16 bytes in base64");
    }

    /// That of `request`, which is without fault.
    public static PassedHandshake of(Request request) {
        boolean isOwnKey = request.version() == HttpVersion.HTTP_2;
        String key = isOwnKey ? HandshakeKey.next() : request.headers().value(Fields.KEY, "");
        return new PassedHandshake(key, isOwnKey);
    }

    /// `onward`, which carries no fields of the connection to the client, as the server behind gets it.
    public Request asked(Request onward) {
        Headers fields = onward.headers().with(Names.UPGRADE, PROTOCOL).with(Fields.KEY, key);
        return onward.withHeaders(fields).withBody(Body.empty()).withAttribute(Switched.WANTED, true);
    }

    /// What the client gets for an answer that switches protocols: empty if it is none to what was asked
    /// for, and then its connection is closed.
    ///
    /// @param fields of the answer, without those of the connection to the server
    /// @param idle how long nothing may go either way
    public Optional<Response> passedOn(Response answer, Headers fields, Duration idle) {
        if (!(answer.upgrade().orElse(null) instanceof Switched server)) return Optional.empty();
        boolean isAccepted = server.protocol().equalsIgnoreCase(PROTOCOL)
                && answer.headers().all(Fields.ACCEPT).equals(List.of(HandshakeKey.answer(key)));
        if (!isAccepted) {
            server.refuse();
            return Optional.empty();
        }
        Headers told = isOwnKey ? fields.without(Fields.ACCEPT) : fields;
        String subprotocol = fields.value(Fields.PROTOCOL, "");
        SocketTunnel tunnel = new SocketTunnel(server, idle, subprotocol.isEmpty() ? null : subprotocol);
        return Optional.of(Response.upgrade(tunnel).withHeaders(told.with(Names.UPGRADE, PROTOCOL)));
    }
}
