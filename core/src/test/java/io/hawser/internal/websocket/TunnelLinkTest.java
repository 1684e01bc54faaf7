package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.LinkMemory;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TunnelLinkTest {
    private static final byte[] HI = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};

    private final FakeTime time = new FakeTime();
    private final LinkGroup clients = group();
    private final LinkGroup servers = group();
    private final StubbornChannel front = new StubbornChannel();
    private final StubbornChannel behind = new StubbornChannel();
    private final TunnelLink client = TunnelLink.ofClient(clients, front, null);

    @AfterEach
    void nothingIsLeft() {
        front.finishAndReleaseAll();
        behind.finishAndReleaseAll();
    }

    private LinkGroup group() {
        return new LinkGroup(ConnectionLimits.defaults(), HandDispatcher.inline(), false, time);
    }

    private void startClient() {
        front.pipeline().addLast(client);
        client.start(null);
    }

    private TunnelLink joined() {
        startClient();
        TunnelLink server = TunnelLink.ofServer(servers, behind, client);
        behind.pipeline().addLast(server);
        server.start(null);
        client.join(server);
        run();
        return server;
    }

    private void run() {
        front.runPendingTasks();
        behind.runPendingTasks();
        front.runPendingTasks();
    }

    private void fromServer(int... bytes) {
        byte[] piece = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) piece[i] = (byte) bytes[i];
        behind.read(piece);
        run();
    }

    private void drain() {
        clients.beginDrain(CloseReason.DRAIN);
        run();
    }

    @Test
    void aClientWithoutAServerIsHeardUntilItsGoodbye() {
        startClient();
        front.read(HI);
        assertThat(front.written()).isEmpty();
        client.joinNone();
        front.runPendingTasks();
        assertThat(front.written()).startsWith(0x88).containsSequence(0x03, 0xF6); // 1014
        front.read(HI);
        assertThat(client.linkStats().messagesReceived()).isEqualTo(2);
        assertThat(front.isOpen()).isTrue();
        front.read(CLOSE);
        assertThat(front.isOpen()).isFalse();
    }

    @Test
    void aGoodbyeComesBehindTheLastFrameThatIsWholeAndNothingBehindIt() {
        joined();
        fromServer(0x82, 4, 1);
        drain();
        assertThat(front.written()).containsExactly(0x82, 4, 1);
        fromServer(2);
        fromServer(3, 4, 0x01, 1, 5, 0x80, 1, 6, 0x82, 4, 7);
        byte[] written = front.written();
        assertThat(written).startsWith(2, 3, 4, 0x01, 1, 5, 0x80, 1, 6, 0x88).containsSequence(0x03, 0xE9); // 1001
        assertThat(client.linkStats().messagesSent()).isEqualTo(2);
        fromServer(8, 9, 10, 0x81, 1, 11);
        assertThat(front.written()).isEmpty();
        assertThat(front.isOpen()).isTrue();
        front.read(CLOSE);
        run();
        assertThat(behind.written()).containsExactly(CLOSE);
        assertThat(front.isOpen()).isFalse();
        assertThat(behind.isOpen()).isFalse();
    }

    @Test
    void aCloseOfTheServersOwnIsTheGoodbye() {
        joined();
        fromServer(0x82, 2, 1);
        drain();
        fromServer(2, 0x88, 0);
        assertThat(front.written()).containsExactly(0x82, 2, 1, 2, 0x88, 0);
        front.read(CLOSE);
        run();
        assertThat(behind.written()).containsExactly(CLOSE);
        assertThat(front.isOpen()).isFalse();
    }

    @Test
    void aDrainWaitsForNoPlaceWhereNoneCanCome() {
        joined();
        fromServer(0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1);
        drain();
        front.runScheduledPendingTasks();
        front.passMillis(Duration.ofSeconds(5).toMillis());
        assertThat(front.isOpen()).isFalse();
    }

    @Test
    void whatWaitsForTheServerCountsInTheMemoryOfThePort() {
        LinkMemory memory = LinkMemory.ofBytes(1000, 1000);
        clients.memory(memory);
        joined();
        behind.refuse();
        front.read(HI);
        run();
        assertThat(memory.queued().heldBytes()).isBetween((long) HI.length, 1000L);
        behind.takeAgain();
        run();
        behind.passMillis(500);
        assertThat(memory.queued().heldBytes()).isZero();
        behind.refuse();
        byte[] large = new byte[2000];
        front.read(large);
        run();
        assertThat(clients.queuedCuts()).isEqualTo(1);
        assertThat(behind.isOpen()).isFalse();
        assertThat(memory.queued().heldBytes()).isZero();
    }
}
