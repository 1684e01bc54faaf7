package io.hawser.websocket;

import io.hawser.http.Body;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.Json;
import io.hawser.internal.websocket.ServerHandshake;
import io.hawser.internal.websocket.WebSocketClients;
import io.hawser.internal.websocket.WebSocketLink;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.util.Optional;

/// WebSocket, both ways in.
///
/// ```java
/// HttpHandler chat = request -> WebSockets.accept(request, WebSocketConfig.defaults(),
///         (session, message) -> session.send(message));
///
/// WebSocket client = WebSockets.connect(WebSocketClientConfig.to("ws://localhost:8080/chat"));
/// ```
///
/// Source: RFC 6455
public final class WebSockets {
    private WebSockets() {}

    /// The answer to a request that asks for a WebSocket: 101, after which the connection is a session of
    /// `handler`, or a refusal: 426 if it asks for something else or for another version than 13, 403 from a
    /// page of another origin, 405 or 400 if it is malformed.
    ///
    /// Being an answer, it goes through the filters of any other.
    ///
    /// @param handler of this session; it runs in its own mode, whatever that of the HTTP handler is
    public static Response accept(Request request, WebSocketConfig config, SessionHandler handler) {
        return ServerHandshake.answer(request, config, handler);
    }

    /// Connects; messages wait to be received: at most 64, and as many as may be in flight
    /// ([io.hawser.io.ConnectionLimits#maxInFlight()]), before reading from the server stops.
    ///
    /// @throws io.hawser.ConnectFailed if the server cannot be reached, or does not answer in time
    /// @throws io.hawser.ConnectionLost if it ended the connection, or answered the handshake with 408,
    ///     425, 429 or a status from 500 on
    /// @throws io.hawser.SessionClosed if it refused the handshake: by another status from 400 on, with
    ///     4000 and the status as the code, or by an answer of no WebSocket, with code 1002; or if it
    ///     closed the session at once
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws io.hawser.StartupFailed if TLS settings cannot be used
    /// @throws io.hawser.Rejected if so many look-ups of names hang that none could begin
    /// @throws IllegalStateException on an event loop
    public static WebSocket connect(WebSocketClientConfig config) {
        return connect(config, ConnectHook.NONE);
    }

    /// As [#connect(WebSocketClientConfig)]; `hook` is called at each connect, the first included. What it
    /// throws at the first is thrown here: before the handshake as it is if it is a
    /// [io.hawser.HawserException], and as the cause of a [io.hawser.ConnectFailed] if not; after it a
    /// [io.hawser.SessionClosed] with code 1011.
    public static WebSocket connect(WebSocketClientConfig config, ConnectHook hook) {
        return new WebSocket(WebSocketClients.pulled(config, hook));
    }

    /// As [#connect(WebSocketClientConfig, ConnectHook)]; messages go to `handler`, whose `opened` is
    /// called after each connect.
    public static WebSocket connect(WebSocketClientConfig config, SessionHandler handler) {
        return connect(config, ConnectHook.NONE, handler);
    }

    /// As [#connect(WebSocketClientConfig, SessionHandler)], with a hook that is called before the handler's
    /// `opened`.
    public static WebSocket connect(WebSocketClientConfig config, ConnectHook hook, SessionHandler handler) {
        return new WebSocket(WebSocketClients.handled(config, hook, handler));
    }

    /// The subprotocol that was agreed on, if any.
    public static Optional<String> subprotocol(Session session) {
        return session instanceof WebSocketLink link ? link.agreedSubprotocol() : Optional.empty();
    }

    /// Whether a client whose connection ended with `code` closes, because coming back would end the same way.
    public static boolean isFinal(int code) {
        return WebSocketClients.isFinalCode(code);
    }

    /// A text message of the JSON of `value`.
    ///
    /// @throws IllegalArgumentException if it has none
    public static Message json(Object value) {
        return Message.text(Json.write(value));
    }

    /// The value that the JSON of `message` stands for.
    ///
    /// @throws io.hawser.ProtocolError if it is malformed or does not fit `type`
    /// @throws IllegalArgumentException if `type` is primitive
    public static <T> T fromJson(Message message, Class<T> type) {
        return Json.readAs(Body.of(message.bytes()), type, message.size());
    }
}
