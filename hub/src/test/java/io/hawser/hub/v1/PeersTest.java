package io.hawser.hub.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Member;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.HandClock;
import io.hawser.session.Offer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final MessageLimit LIMIT = new MessageLimit(1000);

    private final LocalBackplane local = LocalBackplane.start("n1", TopicRules.defaults());
    private final HandClock clock = new HandClock();
    private Runnable onLeave = () -> {};
    private final Peers peers = peers();

    @AfterEach
    void close() {
        onLeave = () -> {};
        peers.close();
        local.close();
    }

    @Test
    void whatExpiresIsNotResumed() {
        Peer first = peers.add("s1", "first", "user");
        Peer second = peers.add("s2", "second", "user");
        List<String> tokens = List.of(peers.token(first), peers.token(second));
        peers.lost(first);
        peers.lost(second);
        clock.set(Peers.WINDOW.toNanos());
        List<Peers.Resumed> resumed = new ArrayList<>();
        // In the midst of the sweep, which is about to end the other one as well.
        onLeave = () -> {
            onLeave = () -> {};
            tokens.forEach(
                    token -> resumed.add(peers.resume(token, "user", Map.of()).join()));
        };

        peers.sweep();

        assertEquals(2, resumed.size());
        for (Peers.Resumed each : resumed) {
            assertNull(each.peer());
            assertEquals("expired", each.reason());
        }
        assertEquals(0, peers.count());
    }

    @Test
    void whereManyHaveComeEachWhoAskedIsToldOnceToComeBackMoreSlowly() {
        List<ScriptedSession> sessions = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            ScriptedSession session = new ScriptedSession("s" + i);
            Connection connection = session.connection(Notation.JSON);
            connection.heedsSpread = i % 2 == 0;
            assertTrue(peers.add(session.id(), "", "").attach(connection, connection.replies.pong(), 0));
            sessions.add(session);
            if (i == 398) {
                assertEquals(Duration.ZERO, peers.spread());
                peers.sweep();
            }
        }
        assertEquals(Duration.ofMillis(750), peers.spread());
        peers.sweep();
        peers.sweep();
        for (int i = 0; i < 600; i++) {
            List<String> told = i % 2 == 0 ? List.of("{}", "{\"spread\":{\"within\":750}}") : List.of("{}");
            assertEquals(told, sessions.get(i).texts());
        }
    }

    @Test
    void whoHasLostTheirConnectionIsPresentForTheWindowAndLeavesThen() {
        Topic topic = Topic.of("room.1");
        Peer peer = peers.add("s1", "ann", "user");
        peers.present(peer, TopicPattern.of(topic));
        assertEquals(List.of(new Member("s1", "ann", "n1")), local.presence().members(topic));

        peers.lost(peer);
        clock.set(Peers.WINDOW.toNanos() - 1);
        peers.sweep();
        assertEquals(1, local.presence().members(topic).size());

        clock.set(Peers.WINDOW.toNanos());
        peers.sweep();
        assertEquals(List.of(), local.presence().members(topic));
    }

    @Test
    void whatIsHandedOverTakesNoMessageMore() {
        Peer peer = peers.add("s1", "client", "user");
        assertEquals(Offer.QUEUED, peer.send(Bytes.ofUtf8("one"), "m1"));

        Bytes answer = peers.handOvers()
                .take(new ResumeTokens.Claim("n1", "s1", "user", 0), "n2", "run")
                .join();

        // Whoever has found it before must not take it for a place where a message is safe.
        assertEquals(Offer.CLOSED, peer.send(Bytes.ofUtf8("two"), "m2"));
        assertEquals(1, NodeCalls.taken(answer).state().orElseThrow().direct().size());
        assertTrue(peers.find("s1").isEmpty());
    }

    private Peers peers() {
        Presence presence = (Presence) proxy(Presence.class, (proxy, method, arguments) -> {
            if (method.getName().equals("leave")) onLeave.run();
            return method.invoke(local.presence(), arguments);
        });
        Backplane backplane = (Backplane) proxy(
                Backplane.class,
                (proxy, method, arguments) ->
                        method.getName().equals("presence") ? presence : method.invoke(local, arguments));
        return new Peers(
                backplane,
                Subscriptions.over(backplane),
                () -> List.of(Bytes.ofUtf8("the key of the cluster")),
                LIMIT,
                clock,
                Optional::empty);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
