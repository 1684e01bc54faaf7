package io.hawser.client;

import static io.hawser.client.Requests.body;
import static io.hawser.client.Requests.request;
import static io.hawser.client.Requests.topic;

import io.hawser.cluster.Member;
import io.hawser.cluster.Position;
import io.hawser.cluster.Published;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client of a hub, whose session outlives its connections: when one is lost it comes back, to the
/// same hub or another behind the same address, and every subscription goes on where it was.
///
/// ```java
/// HubClientConfig config = HubClientConfig.to("ws://127.0.0.1:9000/ws").withName("web-7");
/// try (HubClient hub = HubClient.connect(config)) {
///     hub.subscribe("room.42", event -> System.out.println(event.data()));
///     Published published = hub.publish("room.42", Data.of(Map.of("text", "hi")));
/// }
/// ```
///
/// A message that a subscription to its very topic and others by pattern match goes to the former alone.
///
/// Errors: what the hub refuses is [io.hawser.Rejected], with what it says; [io.hawser.ConnectionLost],
/// processed MAYBE, where it cannot be known whether it was done; over MSGI, [io.hawser.LimitExceeded] for a
/// message over [HubClientConfig#maxMessageBytes()]; [io.hawser.DeadlineExceeded] if no answer comes within
/// [HubClientConfig#timeout()] or before [io.hawser.Deadline#current()]; [io.hawser.SessionClosed] once the
/// client has closed; [io.hawser.Cancelled] if the thread is interrupted.
///
/// Thread: safe from any; calls wait for the hub's answer.
///
/// Source: docs/PROTOCOL.md, sections 5 to 8
public final class HubClient implements AutoCloseable {
    private final HubClientConfig config;
    private final HubSession session;

    private HubClient(HubClientConfig config, Consumer<DirectMessage> direct) {
        this.config = config;
        this.session = new HubSession(config, direct);
    }

    /// Connects; direct messages are passed over.
    ///
    /// @throws io.hawser.ConnectFailed if the hub cannot be reached
    /// @throws io.hawser.SessionClosed with the code of the hub that does not let this client in; with 1006 if
    ///     the connection broke, or no welcome came within [HubClientConfig#timeout()]
    /// @throws io.hawser.ConnectionLost if the handshake of WebSocket was refused for now
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.StartupFailed if the files of the TLS settings cannot be used
    public static HubClient connect(HubClientConfig config) {
        return connect(config, message -> {});
    }

    /// Connects; `direct` gets messages to this session and to all, one after another on a virtual thread.
    /// What is sent to this session is kept by the hub until it has been handled; a message to all for
    /// which there is no place, because 512 wait, is passed over. What `direct` throws is logged.
    ///
    /// @throws io.hawser.ConnectFailed if the hub cannot be reached
    /// @throws io.hawser.SessionClosed with the code of the hub that does not let this client in; with 1006 if
    ///     the connection broke, or no welcome came within [HubClientConfig#timeout()]
    /// @throws io.hawser.ConnectionLost if the handshake of WebSocket was refused for now
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.StartupFailed if the files of the TLS settings cannot be used
    public static HubClient connect(HubClientConfig config, Consumer<DirectMessage> direct) {
        HubClient client = new HubClient(config, direct);
        client.session.start();
        return client;
    }

    /// The id of the session, by which others send to it.
    public String sessionId() {
        return session.sid();
    }

    /// Whether there is a connection now.
    public boolean isConnected() {
        return session.isConnected();
    }

    /// Follows a topic or pattern from now on.
    ///
    /// @throws IllegalArgumentException if `topic` is neither
    /// @throws IllegalStateException if this client follows it already
    public Subscription subscribe(String topic, TopicHandler handler) {
        return follow(topic, Position.NONE, handler);
    }

    /// Follows a log from behind a position: all since comes, or [TopicHandler#resync] first.
    ///
    /// @throws IllegalStateException if this client follows it already
    public Subscription subscribe(String topic, Position from, TopicHandler handler) {
        return follow(topic, from, handler);
    }

    /// Follows a topic or pattern from now on; its messages wait to be received.
    ///
    /// @throws IllegalStateException if this client follows it already
    public Subscription subscribe(String topic) {
        return follow(topic, Position.NONE, null);
    }

    private Subscription follow(String topic, Position from, @Nullable TopicHandler handler) {
        Following following = session.follow(TopicPattern.of(topic), from, handler, config.maxWaiting());
        return new Subscription(this, following);
    }

    void unsubscribe(Following following) {
        session.forget(following);
    }

    /// Publishes once, however often the connection breaks or the hub asks to try again meanwhile: where this
    /// client is authenticated or its session goes on, and within the two minutes for which a `mid` is
    /// remembered.
    public Published publish(String topic, Data data) {
        return publish(topic, data, UUID.randomUUID().toString());
    }

    /// Publishes once under a name of the caller's: within two minutes, the same `mid` on the same
    /// topic by the same user is the same message; by a client without a user, in the same session.
    public Published publish(String topic, Data data, String mid) {
        ObjectNode pub = request("pub", Requests.with(topic(topic).put("mid", mid), data));
        JsonNode answer = session.ask(pub::deepCopy, true).path("pub");
        return new Published(
                Requests.position(answer),
                answer.path("dup").asBoolean(false),
                answer.path("local").asBoolean(false));
    }

    /// Sends to one session, which its hub keeps it for; once, as far as [#publish(String, Data)] publishes
    /// once.
    public void send(String sessionId, Data data) {
        ObjectNode send = request(
                "send",
                Requests.with(
                        body().put("to", sessionId).put("mid", UUID.randomUUID().toString()), data));
        var _ = session.ask(send::deepCopy, true);
    }

    /// Sends to every session.
    ///
    /// Errors: [io.hawser.ConnectionLost], processed MAYBE, if the connection breaks before the answer.
    ///
    /// @return to how many
    public int broadcast(Data data) {
        ObjectNode bcast = request("bcast", Requests.with(body(), data));
        return session.ask(bcast::deepCopy, false).path("ok").path("n").asInt(0);
    }

    /// The sessions that follow a topic by name; of which node they are is not told.
    public List<Member> who(String topic) {
        List<Member> members = new ArrayList<>();
        JsonNode answer = session.ask(() -> request("who", topic(topic)), true);
        for (JsonNode each : answer.path("who").path("sessions")) {
            members.add(new Member(
                    each.path("sid").asString(""), each.path("client").asString(""), ""));
        }
        return members;
    }

    /// Shows a newer token before the one of the last connect expires.
    public void authenticate(String token) {
        var _ = session.ask(() -> request("auth", body().put("bearer", token)), true);
    }

    /// Why the last connection ended, or the last attempt to make one failed; empty if none did.
    public Optional<CloseReason> lastCloseReason() {
        return session.lastReason();
    }

    /// Ends the session.
    @Override
    public void close() {
        session.close();
    }
}
