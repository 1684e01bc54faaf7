package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.io.ConnectionLimits;
import io.hawser.testing.FakeTime;
import org.junit.jupiter.api.Test;

class TunnelLinkTest {
    @Test
    void aClientWithoutAServerIsHeardUntilItsGoodbye() {
        LinkGroup group = new LinkGroup(ConnectionLimits.defaults(), HandDispatcher.inline(), false, new FakeTime());
        StubbornChannel channel = new StubbornChannel();
        TunnelLink client = TunnelLink.ofClient(group, channel, null);
        channel.pipeline().addLast(client);
        client.start(null);
        byte[] textHi = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
        channel.read(textHi);
        assertThat(channel.written()).isEmpty();
        client.joinNone();
        channel.runPendingTasks();
        assertThat(channel.written()).startsWith(0x88).containsSequence(0x03, 0xF6); // 1014
        channel.read(textHi);
        assertThat(client.linkStats().messagesReceived()).isEqualTo(2);
        assertThat(channel.isOpen()).isTrue();
        channel.read((byte) 0x88, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        assertThat(channel.isOpen()).isFalse();
    }
}
