package io.hawser.hub.sim;

import io.hawser.cluster.Position;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborValues;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client of hawser.v1 that follows logs, publishes, and comes back by itself with its positions, to whatever node.
final class Client {
    private static final int MAX_DEPTH = 32;
    private static final long PATIENCE = World.millis(8000);

    private final World world;
    private final Cluster cluster;
    private final Broker broker;
    private final String name;
    private final Map<String, Followed> followed = new TreeMap<>();
    /// What was asked and is not answered, by number.
    private final Map<Long, Map<String, Object>> asked = new LinkedHashMap<>();
    private @Nullable Wire wire;
    private @Nullable Map<String, Object> unsaid;
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
        ask("hello", hello);
        world.after(PATIENCE, () -> {
            if (wire == mine && !isGreeted) drop(World.millis(1));
        });
    }

    private static Map<String, Object> map(Position at) {
        return Map.of("e", at.epoch(), "o", at.offset(), "g", at.tag());
    }

    private static Position position(Map<?, ?> map, String epoch) {
        return new Position(epoch, (Long) map.get("o"), (String) map.get("g"));
    }

    private static Position position(Map<?, ?> map) {
        return position(map, (String) map.get("e"));
    }

    private void ask(String what, Map<String, Object> call) {
        Wire on = wire;
        if (on == null) return;
        long id = ++ids;
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put(what, call);
        asked.put(id, request);
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
        Map<String, Object> said = CborValues.readMap(CborReader.of(message.bytes(), MAX_DEPTH));
        for (Map.Entry<String, Object> pair : said.entrySet()) {
            if (!(pair.getValue() instanceof Map<?, ?> body)) continue;
            Long id = (Long) said.get("id");
            Map<String, Object> request = id == null ? null : asked.remove(id);
            switch (pair.getKey()) {
                case "welcome" -> welcomed(body);
                case "sub" -> subscribed(body, (Map<?, ?>) request.get("sub"));
                case "pub" -> {
                    if (request == null) pushed(body);
                    else published(body, (Map<?, ?>) request.get("pub"));
                }
                case "msg" -> direct(body);
                case "resync" -> log(body).resync((String) body.get("reason"), position(body));
                case "err" -> refused(request, body);
                default -> {}
            }
        }
    }

    private Followed log(Map<?, ?> body) {
        return followed.get((String) body.get("topic"));
    }

    private void welcomed(Map<?, ?> welcome) {
        isGreeted = true;
        token = (String) welcome.get("resume");
        sid = (String) welcome.get("sid");
        if (welcome.get("resumed").equals(true)) {
            world.note("%s: resumed", name);
            followed.forEach((topic, log) -> {
                if (!log.isSubscribed()) subscribe(topic);
            });
            sayAgain();
            return;
        }
        world.note("%s: not resumed, %s", name, welcome.get("reason"));
        s = 0;
        // Another session is another principal: whether it was published will not be known.
        unsaid = null;
        followed.values().forEach(Followed::forget);
        followed.keySet().forEach(this::subscribe);
    }

    private void subscribe(String topic) {
        Map<String, Object> sub = new LinkedHashMap<>();
        sub.put("topic", topic);
        Position at = followed.get(topic).at();
        if (at != null) sub.put("pos", map(at));
        ask("sub", sub);
    }

    private void subscribed(Map<?, ?> answer, Map<?, ?> sub) {
        Position asked = sub.get("pos") instanceof Map<?, ?> at ? position(at) : null;
        world.note("%s: subscribed %s", name, answer);
        log(answer).subscribed(asked, position(answer), answer.get("recovered").equals(true));
    }

    private void pushed(Map<?, ?> pub) {
        log(pub).message((Long) pub.get("o"), (String) pub.get("g"), (String) pub.get("d"));
    }

    private void direct(Map<?, ?> msg) {
        long number = (Long) msg.get("s");
        if (number != s + 1) throw world.failure(name + ": direct message " + number + " after " + s);
        s = number;
        Wire on = wire;
        if (on != null && world.chance(0.5, "ack", name)) {
            on.sendToNode(Message.binary(CborValues.encode(Map.of("ack", Map.of("s", s)))));
        }
    }

    private void refused(@Nullable Map<String, Object> request, Map<?, ?> err) {
        world.note("%s: %s for %s", name, err, request);
        if (request == null) return;
        if (request.get("sub") instanceof Map<?, ?> sub) {
            Wire on = wire;
            world.after(World.millis(500), () -> {
                if (on == wire && isGreeted) subscribe((String) sub.get("topic"));
            });
        } else if (request.get("pub") != null) {
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
        unsaid = Map.of("topic", topic, "d", name + "-" + ++published, "mid", "m" + published);
        sayAgain();
    }

    /// Publishes what it does not know to be published.
    private void sayAgain() {
        Map<String, Object> pub = unsaid;
        boolean isAsked = asked.values().stream().anyMatch(request -> request.get("pub") != null);
        if (pub != null && isGreeted && !isAsked) ask("pub", pub);
    }

    private void published(Map<?, ?> answer, Map<?, ?> pub) {
        unsaid = null;
        Position at = position(answer);
        boolean isStored = broker.wasStored((String) pub.get("topic"), (String) pub.get("d"));
        if (!isStored) throw world.failure(name + ": " + pub + " is acknowledged at " + at + " and was never stored");
    }

    /// Sends to another client, which gets it in order.
    void send(Client other) {
        if (isGreeted && !other.sid.isEmpty()) ask("send", Map.of("to", other.sid, "d", "psst"));
    }
}
