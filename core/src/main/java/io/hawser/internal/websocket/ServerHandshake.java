package io.hawser.internal.websocket;

import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.http.Method;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.Names;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.WebSocketConfig;
import java.util.List;
import java.util.Optional;

/// What a server makes of a client's request: 101, or the status that says what is wrong with it.
///
/// Over HTTP/2 a request that opens its stream for WebSocket comes here as a GET with `Upgrade`; there is no
/// key. What HTTP/1.0 says of an upgrade means nothing.
///
/// Source: RFC 6455, section 4.2; RFC 8441, section 5; RFC 9110, section 7.8
public final class ServerHandshake {
    private static final String VERSION = "13";
    private static final String PROTOCOL = "websocket";

    private ServerHandshake() {}

    public static Response answer(Request request, WebSocketConfig config, SessionHandler handler) {
        boolean isHttp1 = request.version() != HttpVersion.HTTP_2;
        Headers asked = request.headers();
        if (!request.method().equals(Method.GET)) {
            return refusal(Status.METHOD_NOT_ALLOWED, "a WebSocket begins with GET")
                    .withHeader(Names.ALLOW, "GET");
        }
        if (request.version() == HttpVersion.HTTP_1_0
                || !asked.lists(Names.UPGRADE, PROTOCOL)
                || (isHttp1 && !asked.lists(Names.CONNECTION, Names.UPGRADE))) {
            return refusal(Status.UPGRADE_REQUIRED, "this is a WebSocket").withHeader(Names.UPGRADE, PROTOCOL);
        }
        if (!asked.all(Fields.VERSION).equals(List.of(VERSION))) {
            return refusal(Status.UPGRADE_REQUIRED, "the version of the protocol is 13")
                    .withHeader(Names.UPGRADE, PROTOCOL)
                    .withHeader(Fields.VERSION, VERSION);
        }
        List<String> keys = asked.all(Fields.KEY);
        if (isHttp1 && (keys.size() != 1 || !HandshakeKey.isKey(keys.getFirst()))) {
            return refusal(Status.BAD_REQUEST, "Sec-WebSocket-Key: 16 bytes in base64");
        }
        if (!isAllowed(request, config)) return refusal(Status.FORBIDDEN, "not from this origin");
        Optional<String> subprotocol = chosen(asked, config);
        Optional<DeflateAgreement> deflate = config.deflate()
                .flatMap(own -> DeflateAgreement.accept(Extension.parse(asked.list(Fields.EXTENSIONS)), own));
        Agreed agreed = new Agreed(subprotocol, deflate.map(DeflateAgreement::terms));
        Response answer = Response.upgrade(new WebSocketUpgrade(config, handler, agreed));
        if (isHttp1) answer = answer.withHeader(Fields.ACCEPT, HandshakeKey.answer(keys.getFirst()));
        if (subprotocol.isPresent()) answer = answer.withHeader(Fields.PROTOCOL, subprotocol.get());
        if (deflate.isPresent()) {
            answer = answer.withHeader(Fields.EXTENSIONS, deflate.get().answer());
        }
        return answer;
    }

    private static Response refusal(int status, String why) {
        return Problem.of(status, why).response();
    }

    private static boolean isAllowed(Request request, WebSocketConfig config) {
        List<String> origins = request.headers().all(Names.ORIGIN);
        return origins.isEmpty()
                || (origins.size() == 1
                        && config.origins().allows(origins.getFirst(), request.scheme(), request.authority()));
    }

    private static Optional<String> chosen(Headers asked, WebSocketConfig config) {
        if (config.subprotocols().isEmpty()) return Optional.empty();
        List<String> offered = asked.list(Fields.PROTOCOL);
        return config.subprotocols().stream().filter(offered::contains).findFirst();
    }
}
