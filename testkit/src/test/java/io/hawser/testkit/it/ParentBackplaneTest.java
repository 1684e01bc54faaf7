package io.hawser.testkit.it;

import static io.hawser.testkit.BackplaneSubject.await;
import static io.hawser.testkit.BackplaneSubject.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Member;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueClient;
import io.hawser.internal.process.DialogueServer;
import io.hawser.internal.worker.BackplaneService;
import io.hawser.internal.worker.ParentBackplane;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.testkit.BackplaneContract;
import io.hawser.testkit.Heard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Topics that another process keeps. Here both are in one; the socket between them is real.
@Timeout(300)
final class ParentBackplaneTest implements BackplaneContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Topic ROOM = Topic.of("room.1");

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private record Parent(BackplaneService service, DialogueServer server, TopicRules rules) {}

    private record Worker(ParentBackplane backplane, DialogueClient client) {}

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) each.close();
    }

    private Parent parent(TopicRules rules) {
        return parent(LocalBackplane.start("parent", rules));
    }

    private Parent parent(LocalBackplane kept) {
        BackplaneService service = new BackplaneService(kept);
        opened.addFirst(service);
        DialogueServer server = DialogueServer.start(
                new Conversing() {
                    @Override
                    public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
                        return service.answer(with, question);
                    }

                    @Override
                    public void ended(Dialogue dialogue) {
                        service.ended(dialogue);
                    }
                },
                BackplaneService.MAX_MESSAGE_BYTES);
        opened.addFirst(server);
        return new Parent(service, server, kept.rules());
    }

    private Worker worker(Parent parent, String node) {
        CompletableFuture<ParentBackplane> backplane = new CompletableFuture<>();
        DialogueClient client = DialogueClient.open(
                parent.server().endpoint(),
                node,
                (with, said) -> backplane.join().answer(said).orElseThrow(),
                BackplaneService.MAX_MESSAGE_BYTES);
        opened.addFirst(client);
        backplane.complete(new ParentBackplane(client.dialogue(), node, parent.rules()));
        backplane.join().begin();
        return new Worker(backplane.join(), client);
    }

    @Override
    public Backplane start(TopicRules rules) {
        return worker(parent(rules), "worker-1").backplane();
    }

    @Test
    void whatOneWorkerPublishesAnotherHearsAndFindsInTheHistory() throws Exception {
        Parent parent = parent(TopicRules.defaults());
        Backplane one = worker(parent, "w1").backplane();
        Backplane two = worker(parent, "w2").backplane();
        Heard heard = new Heard();
        two.listen(heard);
        Position first = publish(one, ROOM, "a").position();
        publish(two, ROOM, "b");
        publish(one, ROOM, "c");
        heard.await(ROOM, 3);
        assertThat(heard.texts(ROOM)).containsExactly("a", "b", "c");
        assertThat(heard.of(ROOM).getFirst().position()).isEqualTo(first);
        assertThat(two.topics("", 10)).containsExactly(ROOM);
        assertThat(worker(parent, "w3").backplane().topics("", 10)).containsExactly(ROOM);
        assertThat(await(two.history(ROOM, Optional.of(first), 10)).messages())
                .isEqualTo(heard.of(ROOM).subList(1, 3));
    }

    @Test
    void aWorkerBeginsAndListsAllTopicsHoweverManyThereAre() {
        MemoryLimits roomy = MemoryLimits.defaults().withTopics(200_000).withHistoryBytes(1 << 30);
        LocalBackplane kept = LocalBackplane.start("parent", TopicRules.defaults(), roomy, TimeSource.system());
        List<Topic> topics = IntStream.range(0, 100_001)
                .mapToObj(i -> Topic.of("t." + (1_000_000 + i)))
                .toList();
        topics.forEach(topic -> publish(kept, topic, "a"));
        Backplane worker = worker(parent(kept), "w1").backplane();
        assertThat(worker.topics("", 200_000)).isEqualTo(topics);
        assertThat(worker.topics("t.1030000", 30_000)).isEqualTo(topics.subList(30_001, 60_001));
    }

    @Test
    void whoIsPresentOnAWorkerIsSeenOnAllUntilItIsGone() {
        Parent parent = parent(TopicRules.defaults());
        Worker one = worker(parent, "w1");
        one.backplane().presence().join(ROOM, "s1", "ann");
        Worker two = worker(parent, "w2");
        two.backplane().presence().join(ROOM, "s2", "bob");
        Member ann = new Member("s1", "ann", "w1");
        Member bob = new Member("s2", "bob", "w2");
        assertThat(two.backplane().presence().members(ROOM)).containsExactly(ann, bob);
        assertThat(two.backplane().presence().count(ROOM)).isEqualTo(2);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> one.backplane().presence().members(ROOM).size() == 2);
        assertThat(one.backplane().nodes().names()).containsExactlyInAnyOrder("w1", "w2");
        two.client().close();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> one.backplane().nodes().names().size() == 1);
        assertThat(one.backplane().presence().members(ROOM)).containsExactly(ann);
        assertThat(two.backplane().status().isConnected()).isFalse();
    }

    @Test
    void workersAskEachOther() {
        Parent parent = parent(TopicRules.defaults());
        Backplane one = worker(parent, "w1").backplane();
        Backplane two = worker(parent, "w2").backplane();
        Awaitility.await().atMost(PATIENCE).until(() -> one.nodes().names().contains("w2"));
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> await(one.nodes().ask("w2", Bytes.ofUtf8("anyone?"))))
                .withMessage("w2 answers nothing");
        two.nodes()
                .answer((from, request) ->
                        CompletableFuture.completedFuture(Bytes.ofUtf8(from + " said " + request.toUtf8())));
        assertThat(await(one.nodes().ask("w2", Bytes.ofUtf8("hi"))).toUtf8()).isEqualTo("w1 said hi");
    }

    @Test
    void aSecondWorkerOfOneNameIsTurnedAway() {
        Parent parent = parent(TopicRules.defaults());
        worker(parent, "w1");
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> worker(parent, "w1"))
                .withMessage("there is a node w1");
    }

    /// Slower than its messages come it misses some, is told so, and finds them in the history.
    @Test
    void aWorkerThatDoesNotKeepUpIsToldThatItMissedSomething() throws Exception {
        Parent parent = parent(TopicRules.defaults());
        Backplane one = worker(parent, "w1").backplane();
        Backplane slow = worker(parent, "w2").backplane();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        Heard heard = new Heard();
        slow.listen(new BackplaneListener() {
            @Override
            public void message(TopicMessage message) {
                goOn.join();
                heard.message(message);
            }

            @Override
            public void interrupted() {
                heard.interrupted();
            }
        });
        Bytes megabyte = Bytes.wrap(new byte[1 << 20]);
        for (int i = 0; i < 200; i++) await(one.publish(Publication.of(ROOM, megabyte)));
        goOn.complete(null);
        Awaitility.await().atMost(PATIENCE).until(() -> heard.interruptions() > 0);
        Position last = await(one.history(ROOM, Optional.empty(), 1)).head();
        assertThat(heard.of(ROOM)).hasSizeLessThan(200);
        assertThat(await(slow.history(ROOM, Optional.empty(), 1)).head()).isEqualTo(last);
        Position next = publish(one, ROOM, "next").position();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> heard.of(ROOM).getLast().position().equals(next));
    }

    @Test
    void aPayloadThatCannotBeCarriedIsSaid() {
        Backplane backplane = start(TopicRules.defaults());
        Bytes large = Bytes.wrap(new byte[(16 << 20) + 1]);
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> await(backplane.publish(Publication.of(ROOM, large))));
    }
}
