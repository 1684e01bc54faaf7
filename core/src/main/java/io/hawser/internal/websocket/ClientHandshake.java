package io.hawser.internal.websocket;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.ResponseHead;
import io.hawser.internal.http2.TunnelRequest;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What a client asks for, and what it makes of the answer.
///
/// Source: RFC 6455, section 4.1
final class ClientHandshake {
    private static final String VERSION = "13";
    private static final String PROTOCOL = "websocket";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final WebSocketConfig config;
    private final Bytes request;
    private final String expected;

    ClientHandshake(WebSocketClientConfig client) {
        this.config = client.websocket();
        String key = HandshakeKey.next();
        this.expected = HandshakeKey.answer(key);
        this.request = request(client, key);
    }

    private static Bytes request(WebSocketClientConfig client, String key) {
        Headers.Builder headers = Headers.builder()
                .add(Names.HOST, authority(client))
                .add(Names.UPGRADE, PROTOCOL)
                .add(Names.CONNECTION, "Upgrade")
                .add(Fields.KEY, key);
        offer(client, headers);
        StringBuilder text =
                new StringBuilder("GET ").append(target(client.uri())).append(" HTTP/1.1\r\n");
        append(headers.build(), text);
        append(client.headers(), text);
        return Bytes.ofUtf8(text.append("\r\n").toString());
    }

    /// What a client asks for on a stream of HTTP/2.
    ///
    /// Source: RFC 8441, section 5
    static TunnelRequest onStream(WebSocketClientConfig client) {
        Headers.Builder headers = Headers.builder();
        offer(client, headers);
        for (int i = 0; i < client.headers().size(); i++) {
            headers.add(client.headers().nameAt(i), client.headers().valueAt(i));
        }
        return new TunnelRequest(PROTOCOL, authority(client), target(client.uri()), headers.build());
    }

    private static void offer(WebSocketClientConfig client, Headers.Builder headers) {
        headers.add(Fields.VERSION, VERSION);
        List<String> subprotocols = client.websocket().subprotocols();
        if (!subprotocols.isEmpty()) headers.add(Fields.PROTOCOL, String.join(", ", subprotocols));
        client.websocket().deflate().ifPresent(own -> headers.add(Fields.EXTENSIONS, DeflateAgreement.offer(own)));
    }

    private static void append(Headers headers, StringBuilder text) {
        for (int i = 0; i < headers.size(); i++) {
            text.append(headers.nameAt(i))
                    .append(": ")
                    .append(headers.valueAt(i))
                    .append("\r\n");
        }
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /// Without the port that the scheme implies.
    private static String authority(WebSocketClientConfig client) {
        String authority = client.endpoint().toString();
        boolean isImplied = client.endpoint().port() == (client.isSecure() ? HTTPS_PORT : HTTP_PORT);
        return isImplied ? authority.substring(0, authority.lastIndexOf(':')) : authority;
    }

    Bytes request() {
        return request;
    }

    /// Checks what the server granted.
    ///
    /// @param answer with status 101
    /// @throws ProtocolError if the server does not do what was asked for
    Agreed agree(ResponseHead answer) {
        Headers headers = answer.headers();
        check(headers.lists(Names.UPGRADE, PROTOCOL), "no Upgrade to websocket");
        check(headers.lists(Names.CONNECTION, "upgrade"), "no Connection: upgrade");
        check(headers.all(Fields.ACCEPT).equals(List.of(expected)), "another Sec-WebSocket-Accept");
        return granted(headers);
    }

    /// As [#agree], of an answer on a stream of HTTP/2.
    Agreed agreeOnStream(ResponseHead answer) {
        return granted(answer.headers());
    }

    private Agreed granted(Headers headers) {
        List<String> chosen = headers.all(Fields.PROTOCOL);
        check(chosen.size() <= 1 && config.subprotocols().containsAll(chosen), "a subprotocol that was not offered");
        return new Agreed(
                chosen.isEmpty() ? Optional.empty() : Optional.of(chosen.getFirst()),
                DeflateAgreement.agree(Extension.parse(headers.list(Fields.EXTENSIONS)), config.deflate()));
    }

    private static void check(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new ProtocolError(
                    CloseCode.PROTOCOL_ERROR, "the server answered with " + otherwise, "RFC 6455, section 4.1");
        }
    }
}
