package io.hawser.hub.sim;

import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.internal.cbor.CborValues;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/// A client of hawser.v1 that follows logs, publishes, and comes back by itself with its positions, to
/// whatever node.
final class Client {
    private static final CBORMapper CBOR = new CBORMapper();
    private static final long PATIENCE = World.millis(8000);

    /// A request.
    ///
    /// @param at the position that it carries, if one
    private record Asked(
            String what, String topic, @Nullable Position at, String text) {}

    private final World world;
    private final Cluster cluster;
    private final Broker broker;
    private final String name;
    private final Map<String, Followed> followed = new TreeMap<>();
    private final Map<String, FollowedPattern> patterns = new TreeMap<>();
    /// What was asked and is not answered, by number.
    private final Map<Long, Asked> asked = new LinkedHashMap<>();
    private @Nullable Wire wire;
    private @Nullable Asked unsaid;
    private String token = "";
    private String sid = "";
    private boolean isGreeted;
    private boolean isLeaving;
    private long s;
    private long ids;
    private long published;
    private long wires;
    private long readNanos;
    private long publishPause;

    Client(World world, Cluster cluster, Broker broker, String name, List<String> topics, long publishPause) {
        this.world = world;
        this.cluster = cluster;
        this.broker = broker;
        this.name = name;
        this.publishPause = publishPause;
        for (String topic : topics) followed.put(topic, new Followed(world, broker, name, topic));
        connect();
        publishLater();
    }

    /// How long it takes to read one message.
    long readNanos() {
        return readNanos;
    }

    void readEvery(long nanos) {
        readNanos = nanos;
    }

    String name() {
        return name;
    }

    String sid() {
        return sid;
    }

    /// Follows a pattern, too, of whose topics it follows none by name.
    void follow(String pattern) {
        patterns.put(pattern, new FollowedPattern(world, broker, name, pattern));
    }

    Map<String, FollowedPattern> patterns() {
        return patterns;
    }

    Map<String, Followed> followed() {
        return followed;
    }

    boolean isGreeted() {
        return isGreeted;
    }

    void publishNoMore() {
        publishPause = 0;
    }

    private void connect() {
        if (isLeaving || wire != null) return;
        List<Node> live = cluster.live();
        if (live.isEmpty()) {
            world.after(World.millis(200), this::connect);
            return;
        }
        Node node = live.get((int) world.random(live.size(), "node", name));
        Wire mine = new Wire(world, name + "-" + ++wires, node, this);
        wire = mine;
        isGreeted = false;
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("client", name);
        if (!token.isEmpty()) {
            hello.put("resume", token);
            hello.put("s", s);
            Map<String, Object> positions = new LinkedHashMap<>();
            followed.forEach((topic, log) -> {
                Position at = log.at();
                if (at != null) positions.put(topic, map(at));
            });
            hello.put("pos", positions);
        }
        world.note("%s: hello to %s%s", name, node.name(), token.isEmpty() ? "" : " again");
        ask(new Asked("hello", "", null, ""), hello);
        world.after(PATIENCE, () -> {
            if (wire == mine && !isGreeted) drop(World.millis(1));
        });
    }

    private static Map<String, Object> map(Position at) {
        return Map.of("e", at.epoch(), "o", at.offset(), "g", at.tag());
    }

    private static Position position(JsonNode map) {
        return new Position(
                map.path("e").asString(), map.path("o").asLong(), map.path("g").asString());
    }

    private void ask(Asked what, Map<String, Object> call) {
        Wire on = wire;
        if (on == null) return;
        long id = ++ids;
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put(what.what().equals("pattern") ? "sub" : what.what(), call);
        asked.put(id, what);
        on.sendToNode(Message.binary(CborValues.encode(request)));
    }

    /// Loses its connection, and comes back.
    void drop(long foundOutNanos) {
        Wire lost = wire;
        if (lost == null) return;
        world.note("%s: loses its connection to %s", name, lost.node().name());
        lost.leave(CloseReason.LOST, foundOutNanos);
        lost(lost);
    }

    private void lost(Wire gone) {
        if (wire != gone) return;
        wire = null;
        isGreeted = false;
        asked.clear();
        world.after(World.millis(5) + world.random(World.millis(500), "back", name), this::connect);
    }

    /// The node, or the way to it, has gone.
    void closed(Wire gone, CloseReason reason) {
        if (wire != gone) return;
        world.note("%s: was told %s", name, reason);
        lost(gone);
    }

    /// Goes for good.
    void leave() {
        isLeaving = true;
        Wire left = wire;
        wire = null;
        if (left != null) left.leave(CloseReason.NORMAL, World.millis(2));
    }

    void received(Wire from, Message message) {
        if (from != wire) return;
        JsonNode said = CBOR.readTree(message.bytes().toArray());
        Asked request = said.has("id") ? asked.remove(said.path("id").asLong()) : null;
        if (said.has("welcome")) welcomed(said.path("welcome"));
        else if (said.has("msg")) direct(said.path("msg").path("s").asLong());
        else if (said.has("resync")) resync(said.path("resync"));
        else if (said.has("gap")) gap(said.path("gap"));
        else if (said.has("pub") && request == null) pushed(said.path("pub"));
        else if (said.has("pub") && request != null) published(position(said.path("pub")), request);
        else if (said.has("sub") && request != null && request.what().equals("sub"))
            subscribed(said.path("sub"), request);
        else if (said.has("err") && request != null) refused(request, said.path("err"));
    }

    private Followed log(String topic) {
        return Objects.requireNonNull(followed.get(topic), topic);
    }

    private void welcomed(JsonNode welcome) {
        isGreeted = true;
        patterns.values().forEach(FollowedPattern::connected);
        token = welcome.path("resume").asString();
        sid = welcome.path("sid").asString();
        if (welcome.path("resumed").asBoolean()) {
            world.note("%s: resumed", name);
            followed.forEach((topic, log) -> {
                log.resumed();
                if (!log.isSubscribed()) subscribe(topic);
            });
            // Whether it has it is not known; a second time does no harm.
            patterns.keySet().forEach(this::subscribeTo);
            sayAgain();
            return;
        }
        world.note("%s: not resumed, %s", name, welcome.path("reason").asString(""));
        s = 0;
        // Another session is another principal: whether it was published will not be known.
        unsaid = null;
        followed.values().forEach(Followed::forget);
        followed.keySet().forEach(this::subscribe);
        patterns.keySet().forEach(this::subscribeTo);
    }

    private void subscribeTo(String pattern) {
        ask(new Asked("pattern", pattern, null, ""), Map.of("topic", pattern));
    }

    private void subscribe(String topic) {
        Map<String, Object> sub = new LinkedHashMap<>();
        sub.put("topic", topic);
        Position at = log(topic).at();
        if (at != null) sub.put("pos", map(at));
        ask(new Asked("sub", topic, at, ""), sub);
    }

    private void subscribed(JsonNode answer, Asked sub) {
        world.note("%s: subscribed %s", name, answer);
        log(sub.topic())
                .subscribed(sub.at(), position(answer), answer.path("recovered").asBoolean());
    }

    private void resync(JsonNode resync) {
        log(resync.path("topic").asString()).resync(resync.path("reason").asString(), position(resync));
    }

    private void gap(JsonNode gap) {
        Objects.requireNonNull(patterns.get(gap.path("topic").asString()), "a gap of what is not followed")
                .gap(gap.path("n").asLong());
    }

    private void pushed(JsonNode pub) {
        String topic = pub.path("topic").asString();
        if (!followed.containsKey(topic)) {
            for (Map.Entry<String, FollowedPattern> each : patterns.entrySet()) {
                if (!TopicPattern.of(each.getKey()).matches(Topic.of(topic))) continue;
                each.getValue()
                        .message(topic, pub.path("g").asString(), pub.path("d").asString());
            }
            return;
        }
        log(topic)
                .message(
                        pub.path("o").asLong(),
                        pub.path("g").asString(),
                        pub.path("d").asString());
    }

    private void direct(long number) {
        if (number != s + 1) throw world.failure(name + ": direct message " + number + " after " + s);
        s = number;
        Wire on = wire;
        if (on != null && world.chance(0.5, "ack", name)) {
            on.sendToNode(Message.binary(CborValues.encode(Map.of("ack", Map.of("s", s)))));
        }
    }

    private void refused(Asked request, JsonNode err) {
        world.note("%s: %s for %s", name, err, request);
        if (request.what().equals("sub")) {
            Wire on = wire;
            world.after(World.millis(500), () -> {
                if (on == wire && isGreeted) subscribe(request.topic());
            });
        } else if (request.what().equals("pub")) {
            world.after(World.millis(500), this::sayAgain);
        }
    }

    private void publishLater() {
        if (publishPause == 0 || isLeaving) return;
        world.after(publishPause / 2 + world.random(publishPause, "publish", name), () -> {
            if (isGreeted && unsaid == null && publishPause > 0) publish();
            publishLater();
        });
    }

    private void publish() {
        List<String> topics = Simulation.TOPICS;
        boolean isLoud = !world.chance(0.01, "quiet", name);
        String topic = topics.get((int) world.random(topics.size() - (isLoud ? 1 : 0), "topic", name));
        unsaid = new Asked("pub", topic, null, name + "-" + ++published);
        sayAgain();
    }

    /// Publishes what it does not know to be published.
    private void sayAgain() {
        Asked pub = unsaid;
        boolean isAsked =
                asked.values().stream().anyMatch(request -> request.what().equals("pub"));
        if (pub != null && isGreeted && !isAsked) {
            ask(pub, Map.of("topic", pub.topic(), "d", pub.text(), "mid", "m" + pub.text()));
        }
    }

    private void published(Position at, Asked pub) {
        unsaid = null;
        if (broker.wasStored(pub.topic(), pub.text())) return;
        throw world.failure(name + ": " + pub.text() + " is acknowledged at " + at + " and was never stored");
    }

    /// Sends to another client, which gets it in order.
    void send(Client other) {
        if (isGreeted && !other.sid.isEmpty())
            ask(new Asked("send", "", null, ""), Map.of("to", other.sid, "d", "psst"));
    }
}
