package io.hawser.hub.bench.topics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Many subscribers, spread over the hubs in turn, on one thread.
///
/// Thread: one.
final class TopicPeers implements AutoCloseable {
    private static final int READ_BYTES = 256 << 10;
    private static final long TICK_MILLIS = 10;
    /// So many are on their way in at once, until they are subscribed. More would overflow the listen queue
    /// of the hub: then the kernel drops an attempt without a word, and tries again a second later.
    private static final int MAX_OPENING = 256;

    private final List<InetSocketAddress> hubs;
    private final List<TopicPeer> peers = new ArrayList<>();
    private final Selector selector;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_BYTES);
    private final TopicTally tally;

    /// @param topics which the subscribers follow in turn
    TopicPeers(List<InetSocketAddress> hubs, int subscribers, List<String> topics, TopicTally tally)
            throws IOException {
        this.hubs = List.copyOf(hubs);
        this.tally = tally;
        this.selector = Selector.open();
        for (int i = 0; i < subscribers; i++) peers.add(new TopicPeer(topics.get(i % topics.size())));
    }

    List<TopicPeer> all() {
        return peers;
    }

    /// Connects all and lets them subscribe, until each has its answer or `end`.
    void open(BooleanSupplier end) throws IOException {
        int begun = 0;
        long before = tally.subscribed + tally.failures;
        long all = tally.subscribed + peers.size();
        while (!end.getAsBoolean() && tally.subscribed < all) {
            long over = tally.subscribed + tally.failures - before;
            while (begun < peers.size() && begun - over < MAX_OPENING) begin(begun++);
            select();
        }
    }

    private void begin(int which) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        channel.register(selector, SelectionKey.OP_CONNECT, peers.get(which));
        if (channel.connect(hubs.get(which % hubs.size()))) connected(channel.keyFor(selector));
    }

    private void connected(SelectionKey key) {
        try {
            SocketChannel channel = (SocketChannel) key.channel();
            if (!channel.isConnected() && !channel.finishConnect()) return;
            key.interestOps(SelectionKey.OP_READ);
            ((TopicPeer) key.attachment()).connected(channel);
        } catch (IOException e) {
            failed(key, e);
        }
    }

    /// Reads until `end`.
    void run(BooleanSupplier end) throws IOException {
        while (!end.getAsBoolean()) select();
    }

    private void select() throws IOException {
        selector.select(this::ready, TICK_MILLIS);
    }

    private void ready(SelectionKey key) {
        if (key.isConnectable()) {
            connected(key);
            return;
        }
        try {
            ((TopicPeer) key.attachment()).read(scratch, tally);
        } catch (IOException e) {
            failed(key, e);
        }
    }

    private void failed(SelectionKey key, IOException why) {
        tally.failed(why);
        key.cancel();
    }

    /// Cuts all connections.
    void cut() throws IOException {
        for (TopicPeer peer : peers) peer.cut();
        selector.selectNow();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) key.channel().close();
        selector.close();
    }
}
