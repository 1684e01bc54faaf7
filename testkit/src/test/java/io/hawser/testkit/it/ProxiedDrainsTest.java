package io.hawser.testkit.it;

import static io.hawser.testkit.it.Front.PATIENCE;
import static io.hawser.testkit.it.Front.SWITCH;
import static io.hawser.testkit.it.Front.TEXT_HI;
import static io.hawser.testkit.it.Front.bytes;
import static io.hawser.testkit.it.Front.head;
import static io.hawser.testkit.it.Front.inFrontOf;
import static io.hawser.testkit.it.Front.raw;
import static io.hawser.testkit.it.Front.rest;
import static io.hawser.testkit.it.Front.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.DrainReport;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Gateways that stop while WebSockets go through them.
final class ProxiedDrainsTest {
    @Test
    void aDrainSaysGoodbyeBetweenTwoFramesAndWaitsForTheAnswer() throws Exception {
        CountDownLatch drains = new CountDownLatch(1);
        Script amidFrame = Script.of()
                .readHead()
                .send(SWITCH + "\u0082\u0004ab")
                .await(drains)
                .send("cd")
                .readUntil("\u0088\u0082\0\0\0\0\u0003\u00e9");
        try (ScriptedPeer behind = ScriptedPeer.start(amidFrame);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(bytes(client, 4)).isEqualTo("\u0082\u0004ab");
            CompletableFuture<DrainReport> drain = CompletableFuture.supplyAsync(() -> front.server.drain(PATIENCE));
            await().atMost(PATIENCE).until(() -> !front.server.isRunning());
            drains.countDown();
            assertThat(bytes(client, 2)).isEqualTo("cd");
            assertThat(bytes(client, 4)).startsWith("\u0088").endsWith("\u0003\u00e9"); // 1001
            say(client, "\u0088\u0082\0\0\0\0\u0003\u00e9");
            String _ = rest(client);
            assertThat(drain.get(30, TimeUnit.SECONDS).cut()).isZero();
            await().atMost(PATIENCE).until(() -> behind.heard().endsWith("\u0003\u00e9"));
        }
    }

    @Test
    void aDrainFindsThePlaceOfItsGoodbyeWithinWhatCameAtOnce() throws Exception {
        CountDownLatch drains = new CountDownLatch(1);
        Script busy = Script.of()
                .readHead()
                .send(SWITCH + "\u0082\u0004ab")
                .await(drains)
                .send("cd" + TEXT_HI + "\u0082\u0004xy")
                .readUntil("\u0088\u0082\0\0\0\0\u0003\u00e9");
        try (ScriptedPeer behind = ScriptedPeer.start(busy);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(bytes(client, 4)).isEqualTo("\u0082\u0004ab");
            CompletableFuture<DrainReport> drain = CompletableFuture.supplyAsync(() -> front.server.drain(PATIENCE));
            await().atMost(PATIENCE).until(() -> !front.server.isRunning());
            drains.countDown();
            assertThat(bytes(client, 6)).isEqualTo("cd" + TEXT_HI);
            assertThat(bytes(client, 4)).startsWith("\u0088").endsWith("\u0003\u00e9"); // 1001
            say(client, "\u0088\u0082\0\0\0\0\u0003\u00e9");
            assertThat(rest(client)).isEqualTo("drain"); // its message, and nothing of what was cut
            assertThat(drain.get(30, TimeUnit.SECONDS).cut()).isZero();
            await().atMost(PATIENCE).until(() -> behind.heard().endsWith("\u0003\u00e9"));
        }
    }

    @Test
    void aDrainEndsASocketOverWhichNothingCanBeSaidAnyMore() throws Exception {
        Script ending = Script.of().readHead().send(SWITCH).shutdownOutput().readToEnd();
        try (ScriptedPeer behind = ScriptedPeer.start(ending);
                Front front = inFrontOf(behind.endpoint());
                Socket client = raw(front)) {
            assertThat(head(client)).contains("101");
            assertThat(rest(client)).startsWith("\u0088").contains("\u0003\u00f6"); // 1014
            assertThat(front.server.drain(PATIENCE).cut()).isZero();
            await().atMost(PATIENCE).until(front::isEmpty);
        }
    }
}
