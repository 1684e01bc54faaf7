package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.HawserException;
import io.hawser.TimeSource;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicPattern;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.BackplaneSubject;
import io.hawser.testkit.Heard;
import io.hawser.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What somebody else publishes below the prefix of a cluster.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(120)
final class ForeignMessagesTest {
    private static final Topic ROOM = Topic.of("room.1");
    private static final Topic LIVE = Topic.of("live.1");
    private static final Topic OWN = Topic.of("$own.words");
    private static final int KEPT = 5;
    private static final TopicRules RULES = TopicRules.defaults()
            .withDefault(TopicConfig.log().withSize(KEPT))
            .with("live.", TopicConfig.live().withSize(KEPT))
            .with("$own.", TopicConfig.live().withSize(KEPT));
    private static final List<String> NO_TOPICS =
            List.of("=", "=ZZ", "=4", "=+F", "=41", "=C3", "room=2E1", "x".repeat(300));

    /// None; and some that only a broker has a right to.
    private static final List<String> HEADERS = List.of(
            "NATS/1.0\r\nno colon\r\n\r\n",
            "NATS/1.0 abc\r\n\r\n",
            "nonsense\r\n\r\n",
            "N",
            "NATS/1.0\r\n\r\n",
            "NATS/1.0 100 FlowControl Request\r\n\r\n",
            "NATS/1.0 409 Consumer Deleted\r\nA: b\r\n\r\n",
            "NATS/1.0\r\nNats-Time-Stamp: x\r\nNats-Sequence: 1\r\n\r\n");

    private static NatsServer server;
    private static int clusters;

    private NatsConfig config;
    private NatsBackplane one;
    private NatsBackplane two;
    private Connection stranger;

    @BeforeAll
    static void startBroker() throws Exception {
        server = NatsServer.start();
    }

    @AfterAll
    static void stopBroker() throws IOException {
        server.close();
    }

    @BeforeEach
    void start() throws Exception {
        config = NatsConfig.of(NatsBackplaneTest.KEY, server.url())
                .withPrefix("foreign" + ++clusters)
                .withInMemory(true)
                .withMaxBytes(64 << 20);
        one = node("one");
        two = node("two");
        stranger = Nats.connect(server.url());
    }

    private NatsBackplane node(String name) {
        return NatsBackplane.start(
                config,
                name,
                RULES,
                MemoryLimits.defaults(),
                TimeSource.system(),
                payload -> payload.toUtf8().startsWith("m"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        stranger.close();
        one.close();
        two.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /// Puts it into the stream, for good.
    private void putIntoStream(String rest, String payload) throws Exception {
        var _ = stranger.jetStream().publish(config.prefix() + ".log." + rest, bytes(payload));
    }

    private void putLive(String rest, String payload) {
        stranger.publish(config.prefix() + ".live." + rest, bytes(payload));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void putAllKindsIntoStream() throws Exception {
        for (String subject : NO_TOPICS) putIntoStream(subject, "m of no topic");
        putIntoStream("room.1", "");
        putIntoStream("room.1", "garbage");
        putIntoStream("=24own.words", "m without a signature");
        putIntoStream("=24hawser.mark", "garbage");
        putIntoStream("=24hawser.nobodys", "m");
    }

    @Test
    void whatIsNoMessageOfANodeIsPassedOverAndWhatComesAfterItIsNot() throws Exception {
        Heard first = new Heard();
        Heard second = new Heard();
        try (var _ = one.listen(first);
                var _ = two.listen(second)) {
            BackplaneSubject.publish(one, ROOM, "m1");
            putAllKindsIntoStream();
            BackplaneSubject.publish(one, ROOM, "m2");
            putAllKindsIntoStream();
            BackplaneSubject.publish(two, ROOM, "m3");
            for (Heard heard : List.of(first, second)) {
                heard.await(ROOM, 3);
                assertThat(heard.texts(ROOM)).containsExactly("m1", "m2", "m3");
                assertThat(heard.interruptions()).isZero();
                assertThat(heard.of(OWN)).isEmpty();
                assertThat(heard.of(Topic.of("A"))).isEmpty();
            }
        }
        History kept = BackplaneSubject.await(two.history(ROOM, Optional.empty(), 10));
        assertThat(BackplaneSubject.texts(kept)).as("the first was pushed out").containsExactly("m2", "m3");
    }

    @Test
    void aFollowerWhoComesBackMissesNothingAmongWhatIsNobodys() throws Exception {
        Follow before = new Follow();
        Follow after = new Follow();
        try (Subscriptions followers = Subscriptions.over(two)) {
            followers.follow(before).subscribe(TopicPattern.of(ROOM.name()), Optional.empty(), before);
            before.awaitLast("subscribed");
            BackplaneSubject.publish(one, ROOM, "m1");
            before.awaitLast("m1");
            putAllKindsIntoStream();
            BackplaneSubject.publish(one, ROOM, "m2");
            putAllKindsIntoStream();
            assertThat(before.awaitLast("m2")).containsExactly("subscribed", "m1", "m2");
        }
        try (NatsBackplane late = node("late");
                Subscriptions followers = Subscriptions.over(late)) {
            followers.follow(after).subscribe(TopicPattern.of(ROOM.name()), Optional.of(before.last()), after);
            after.awaitLast("subscribed recovered 0");
            BackplaneSubject.publish(one, ROOM, "m3");
            assertThat(after.awaitLast("m3")).containsExactly("subscribed recovered 0", "m3");
        }
    }

    @Test
    void whereATopicIsFullOfWhatIsNobodysALossIsToldAsOne() throws Exception {
        Position first = BackplaneSubject.publish(one, ROOM, "m1").position();
        BackplaneSubject.publish(one, ROOM, "m2");
        for (int i = 0; i <= KEPT; i++) putIntoStream("room.1", "garbage");
        try (NatsBackplane late = node("late")) {
            History history = BackplaneSubject.after(late, ROOM, first);
            assertThat(history.hole()).contains(ResyncReason.WINDOW);
            Position now = BackplaneSubject.publish(one, ROOM, "m3").position();
            await(() -> BackplaneSubject.after(late, ROOM, now).hole().isEmpty());
        }
    }

    @Test
    void aMessageWithoutATagOfANodesIsToldFromOthersInItsPlace() throws Exception {
        Heard heard = new Heard();
        try (var _ = two.listen(heard)) {
            putIntoStream("room.1", "m1");
            Headers tags = new Headers().put("Hawser-Tag", "a:b c");
            var _ = stranger.jetStream().publish(config.prefix() + ".log.room.1", tags, bytes("m2"));
            assertThat(heard.await(ROOM, 2))
                    .allSatisfy(message -> assertThat(message.position().tag()).startsWith("t"));
        }
        try (NatsBackplane late = node("late")) {
            Position last = heard.of(ROOM).getLast().position();
            await(() -> BackplaneSubject.after(late, ROOM, last).hole().isEmpty());
            assertThat(BackplaneSubject.after(late, ROOM, last).head()).isEqualTo(last);
        }
    }

    @Test
    void marksCountAlsoWhereTopicsAreLiveUnlessTheRulesSayOtherwise() {
        TopicRules rules = TopicRules.defaults().withDefault(TopicConfig.live()).with("room.", TopicConfig.log());
        NatsConfig own = config.withPrefix("live" + ++clusters);
        try (NatsBackplane first = NatsBackplane.start(own, "first", rules);
                NatsBackplane late = NatsBackplane.start(own, "late", rules)) {
            Position mark = BackplaneSubject.await(first.history(ROOM, Optional.empty(), 1))
                    .head();
            assertThat(mark.tag()).isNotEmpty();
            BackplaneSubject.publish(first, ROOM, "m1");
            History since = BackplaneSubject.after(late, ROOM, mark);
            assertThat(since.hole()).isEmpty();
            assertThat(BackplaneSubject.texts(since)).containsExactly("m1");
        }
    }

    @Test
    void ofLiveTopicsOnlyWhatIsANodesIsHeard() throws Exception {
        Heard heard = new Heard();
        try (var _ = two.listen(heard)) {
            for (String subject : NO_TOPICS) putLive(subject, "m");
            putLive("live.1", "garbage");
            putLive("live.1", "");
            putLive("room.1", "m that would have no position");
            putLive("=24own.words", "m without a signature");
            Headers mids = new Headers().put("Hawser-Mid", "x".repeat(10_000));
            stranger.publish(config.prefix() + ".live.live.1", mids, bytes("m with a mid of another shape"));
            putLive("live.1", "m1");
            stranger.flush(Duration.ofSeconds(30));
            BackplaneSubject.publish(one, LIVE, "m2");
            BackplaneSubject.publish(one, OWN, "words of a node have any shape");
            heard.await(OWN, 1);
            heard.await(LIVE, 2);
            assertThat(heard.texts(LIVE)).containsExactly("m1", "m2");
            assertThat(heard.texts(OWN)).containsExactly("words of a node have any shape");
            assertThat(heard.of(ROOM)).isEmpty();
        }
    }

    @Test
    void whatANodeSaysOnATopicOfItsOwnCountsOnceHoweverOftenItIsSaidAgain() throws Exception {
        Subscription wire = stranger.subscribe(config.prefix() + ".live.>");
        stranger.flush(Duration.ofSeconds(30));
        Heard heard = new Heard();
        try (var _ = two.listen(heard)) {
            BackplaneSubject.publish(one, OWN, "guess");
            Message said = wire.nextMessage(Duration.ofSeconds(30));
            assertThat(new String(said.getData(), StandardCharsets.UTF_8)).endsWith("guess");
            for (int i = 0; i < 3; i++) stranger.publish(said.getSubject(), said.getData());
            // Nor does it count as another topic's, or as a question.
            stranger.publish(config.prefix() + ".live.=24own.others", said.getData());
            stranger.publish(config.prefix() + ".node.two", "answer", said.getData());
            stranger.flush(Duration.ofSeconds(30));
            BackplaneSubject.publish(one, OWN, "the end");
            heard.await(OWN, 2);
            assertThat(heard.texts(OWN)).containsExactly("guess", "the end");
            assertThat(heard.of(Topic.of("$own.others"))).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("HEADERS")
    void headersThatAreNoneStopNothing(String headers) throws Exception {
        assertStopNothing(List.of(headers));
    }

    @Test
    void allOfThemTogetherStopNothing() throws Exception {
        assertStopNothing(HEADERS);
    }

    /// Neither in the stream nor live.
    private void assertStopNothing(List<String> blocks) throws Exception {
        Heard heard = new Heard();
        try (var _ = two.listen(heard);
                Socket raw =
                        new Socket(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(server.url().replaceFirst(".*:", "")))) {
            OutputStream out = raw.getOutputStream();
            out.write(bytes("CONNECT {\"verbose\":false,\"headers\":true}\r\n"));
            for (int i = 0; i < blocks.size(); i++) {
                String block = blocks.get(i);
                // Each of another topic: of one, what is over its size is gone before it is delivered.
                for (String subject : List.of(".log.room." + (i + 1), ".live.live.1")) {
                    out.write(bytes("HPUB %s%s %d %d\r\n%sm0\r\n"
                            .formatted(config.prefix(), subject, block.length(), block.length() + 2, block)));
                }
            }
            out.write(bytes("PING\r\n"));
            assertThat(new String(raw.getInputStream().readNBytes(4), StandardCharsets.UTF_8))
                    .isEqualTo("INFO");
            await(() -> isHeard(ROOM, heard));
            await(() -> isHeard(LIVE, heard));
            assertThat(heard.interruptions())
                    .as("no connection was given up for it")
                    .isZero();
            assertThat(one.status().isConnected()).isTrue();
        }
        try (NatsBackplane late = node("late")) {
            Position last = BackplaneSubject.publish(one, ROOM, "m2").position();
            await(() -> BackplaneSubject.after(late, ROOM, last).hole().isEmpty());
        }
    }

    /// Publishes, if that can be, and looks whether that, or what was published before, has come.
    private boolean isHeard(Topic topic, Heard heard) {
        try {
            BackplaneSubject.publish(one, topic, "m1");
        } catch (HawserException notNow) {
            return false;
        }
        return heard.texts(topic).contains("m1");
    }

    @Test
    void aSubjectAsLongAsABrokerTakesStopsNothing() throws Exception {
        Heard heard = new Heard();
        try (var _ = two.listen(heard)) {
            putIntoStream("x".repeat(4000), "m");
            putLive("x".repeat(4000), "m");
            BackplaneSubject.publish(one, ROOM, "m1");
            heard.await(ROOM, 1);
            assertThat(heard.interruptions()).isZero();
        }
    }

    @Test
    void whatIsNoEntryOfANodesInABucketStopsNothing() throws Exception {
        KeyValue presence = stranger.keyValue(config.prefix() + "-presence");
        KeyValue nodes = stranger.keyValue(config.prefix() + "-nodes");
        for (String key : List.of("x", "=", "a.b", "a.b.=", "a.b.c=20d", "a.b.c.d", "a.=4.c"))
            presence.put(key, "n\nx");
        presence.put("a.b.c", "no line feed");
        for (String key : List.of("=", "=41", "a.b")) nodes.put(key, "run");
        one.presence().join(ROOM, "s1", "ann");
        await(() -> two.presence().count(ROOM) == 1);
        await(() -> two.nodes().names().equals(Set.of("one", "two")));
    }

    @Test
    void whoIsPassedOverIsToldOfInTheLogOnceForEachKind() throws Exception {
        try (Warnings warnings = new Warnings()) {
            for (int i = 0; i < 20; i++) putIntoStream("=" + i, "m");
            BackplaneSubject.publish(one, ROOM, "m1");
            putIntoStream("room.1", "garbage");
            warnings.await("payload");
            assertThat(warnings.told().stream().filter(each -> each.contains("subject")))
                    .hasSizeBetween(1, 2);
            assertThat(warnings.told()).noneMatch(each -> each.contains("garbage"));
        }
    }
}
