package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.History;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.Authenticator;
import io.hawser.session.Message;
import io.hawser.testkit.FakeTime;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every `sub` is answered, however long its history takes.
final class EndedSubTest {
    private final LocalBackplane local = LocalBackplane.start("n", TopicRules.defaults());
    private final Deque<CompletableFuture<History>> reads = new ArrayDeque<>();
    private final Backplane slow = (Backplane) Proxy.newProxyInstance(
            Backplane.class.getClassLoader(), new Class<?>[] {Backplane.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("history")) return method.invoke(local, arguments);
                CompletableFuture<History> read = new CompletableFuture<>();
                reads.add(read);
                return read;
            });
    private final Peers peers = new Peers(
            slow,
            Subscriptions.over(slow),
            () -> List.of(Bytes.ofUtf8("the key of the cluster")),
            new MessageLimit(1 << 20),
            new FakeTime(),
            Optional::empty);
    private final Calls calls =
            new Calls(slow, peers, new Delivery(peers), new Authenticator(AccessConfig.defaults(), true));
    private final ScriptedSession session = new ScriptedSession("s1");
    private final Connection connection = session.connection(Notation.JSON);
    private final Peer peer = peers.add("s1", "", "");

    @AfterEach
    void close() {
        peers.close();
        local.close();
    }

    private void say(String request) {
        calls.handle(connection, peer, Request.parse(Notation.JSON, Message.text(request)), false);
    }

    private void wasRead() {
        reads.remove()
                .complete(local.history(Topic.of("room"), Optional.empty(), 0).join());
    }

    @Test
    void aSubThatIsEndedOrReplacedBeforeItBeganIsNotFound() {
        assertThat(peer.attach(connection, connection.replies.pong(), 0)).isTrue();
        session.sent.clear();
        say("{\"id\":1,\"sub\":{\"topic\":\"room\"}}");
        say("{\"id\":2,\"unsub\":{\"topic\":\"room\"}}");
        say("{\"id\":3,\"sub\":{\"topic\":\"room\"}}");
        say("{\"id\":4,\"sub\":{\"topic\":\"room\"}}");
        for (int i = 0; i < 3; i++) wasRead();
        assertThat(session.texts()).hasSize(4);
        assertThat(session.texts().get(0)).contains("\"id\":2", "\"ok\"");
        assertThat(session.texts().get(1)).contains("\"id\":1", "\"err\"", "404");
        assertThat(session.texts().get(2)).contains("\"id\":3", "\"err\"", "404");
        assertThat(session.texts().get(3)).contains("\"id\":4", "\"sub\"");
    }
}
