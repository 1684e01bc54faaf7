package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.hawser.http.Status;
import io.hawser.internal.http.Burst;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.ResponseHead;
import io.hawser.internal.http1.HeadLimits;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.ConnectTimes;
import io.hawser.session.CloseReason;
import io.hawser.session.SessionState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.collection.IntObjectHashMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection of a client: as many calls at once as the server allows, each in a [ClientSlot].
///
/// It leaves when the server says so, when its numbers are used up, when it is too old, or some seconds
/// after its last slot was given up: then nothing new begins on it, and it ends with its last call. A server
/// that has said nothing for ten seconds, or half of what an answer may pause, is asked by a ping, and the
/// connection is given up if it does not answer within as long again: so a dead one is found before the next
/// call.
///
/// Thread: the event loop, but where it says otherwise.
public final class Http2ClientLink extends Link implements Burst.Lane {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_STREAMS = 128;
    private static final int MAX_FIELDS = 256;
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final CloseReason BROKEN = CloseReason.of(1002, "not an answer of HTTP/2");

    private final ConnectTimes times;
    private final long idleNanos;
    private final long quietNanos;
    private final long ageNanos;
    private final boolean isSecure;
    private final FieldWriter fields = new FieldWriter();
    private final DataFrame data = new DataFrame();
    private final ReceiveWindow window = new ReceiveWindow(Http2Limits.CONNECTION_WINDOW_BYTES);
    private final FrameReader reader;
    private final Http2Answers answers;
    private final IntObjectHashMap<AnsweredStream> streams = new IntObjectHashMap<>(8);
    private final SendTurns turns = new SendTurns(this::hasRoom);
    private final List<ClientStream> toTell = new ArrayList<>();
    private final CountDownLatch settled = new CountDownLatch(1);
    private final Slots slots;
    private volatile boolean isLeaving;
    private volatile boolean takesTunnels;
    private volatile @Nullable RuntimeException failure;
    private int nextId = 1;
    private long pingedNanos;
    private int code = ErrorCode.NO_ERROR;

    public Http2ClientLink(LinkGroup group, Channel channel, ConnectTimes times, Bounds bounds) {
        super(group, channel);
        this.times = times;
        this.idleNanos = bounds.idleNanos();
        this.ageNanos = bounds.ageNanos();
        this.slots = new Slots(MOST_STREAMS, group.time().nanoTime());
        this.quietNanos = Math.min(MOST_QUIET_NANOS, idleNanos / 2);
        this.isSecure = channel.pipeline().get(SslHandler.class) != null;
        this.answers = new Http2Answers(this, new HeadLimits(bounds.maxHeadBytes(), bounds.maxHeadBytes(), MAX_FIELDS));
        this.reader = new FrameReader(answers, channel.alloc(), true);
    }

    /// What a connection may do.
    ///
    /// @param idleNanos how long an answer that has begun may pause
    /// @param ageNanos after which no new calls begin on it
    public record Bounds(int maxHeadBytes, long idleNanos, long ageNanos) {}

    @Override
    protected void started() {
        open();
        appendControl(new Preface());
        control(ControlFrame.settings(
                SettingId.ENABLE_PUSH, 0, SettingId.INITIAL_WINDOW_SIZE, Http2Limits.STREAM_WINDOW_BYTES));
        control(ControlFrame.windowUpdate(0, Http2Limits.CONNECTION_WINDOW_BYTES - Http2Limits.FIRST_WINDOW_BYTES));
    }

    private static final class Preface implements Frame {
        @Override
        public int sizeAround() {
            return PREFACE.length;
        }

        @Override
        public void write(ByteBuf to) {
            to.writeBytes(PREFACE);
        }
    }

    // --- slots, from any thread ---

    /// Waits until the server has said how many calls it takes, or the connection has ended.
    ///
    /// @return false if neither was so within `atMostNanos`
    public boolean awaitSettings(long atMostNanos) throws InterruptedException {
        return settled.await(atMostNanos, TimeUnit.NANOSECONDS);
    }

    /// Whether the server takes streams for other protocols, once it has said its settings. Thread: any.
    public boolean takesTunnels() {
        return takesTunnels;
    }

    /// Gives the connection up to one stream for another protocol, with which it ends. Thread: any.
    ///
    /// @param links of the protocol, on the channel that the stream is to it
    /// @param answered is told what the server answers, on the event loop
    /// @return the link, which waits for the answer
    public <L extends Link> CompletableFuture<L> tunnel(
            TunnelRequest request, Function<Channel, L> links, BiConsumer<L, ResponseHead> answered) {
        CompletableFuture<L> started = new CompletableFuture<>();
        run(() -> {
            ClientTunnel tunnel = new ClientTunnel(this);
            try {
                L own = tunnel.begin(links);
                tunnel.ask(request, head -> answered.accept(own, head));
                isLeaving = true;
                leaveIfDone();
                started.complete(own);
            } catch (RuntimeException e) {
                tunnel.fail(e);
                started.completeExceptionally(e);
            }
        });
        return started;
    }

    /// Why it ended, where that is known. Thread: any.
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /// Room for one call at a time, null if there is none left. Thread: any.
    public @Nullable ClientSlot trySlot() {
        return isUsable() && slots.take() ? new ClientSlot(this) : null;
    }

    /// Gives a slot up. Some seconds behind the last one the connection goes. Thread: any.
    void giveUpSlot() {
        slots.giveUp(group.time().nanoTime());
    }

    /// Whether new calls may begin on it. Thread: any.
    public boolean isUsable() {
        return linkState() == SessionState.OPEN
                && !isLeaving
                && nanosSinceOpened(group.time().nanoTime()) < ageNanos;
    }

    ConnectTimes times() {
        return times;
    }

    /// Whether nothing has been heard of the server lately. Thread: any.
    boolean mayBeStale() {
        return group.time().nanoTime() - lastActivityNanos() > LATELY_NANOS;
    }

    /// Runs `action` on the loop, behind what the calling thread asked for before. Thread: any.
    @Override
    public void run(Runnable action) {
        outbox().run(action);
    }

    // --- streams ---

    /// Opens a stream. Once the server leaves there can be none: it passes over what comes behind its GOAWAY.
    ///
    /// @return its number, 0 if there can be none
    int open(AnsweredStream stream) {
        if (linkState() != SessionState.OPEN || isLeaving || streams.size() >= slots.most() || nextId < 0) return 0;
        int id = nextId;
        nextId += 2;
        if (nextId < 0) isLeaving = true;
        streams.put(id, stream);
        return id;
    }

    @Nullable
    AnsweredStream find(int id) {
        return streams.get(id);
    }

    boolean isIdle(int id) {
        return (id & 1) == 0 || id >= nextId;
    }

    <S extends AnsweredStream & SendTurns.Sender> void ended(S stream) {
        streams.remove(stream.id());
        turns.remove(stream);
        leaveIfDone();
    }

    private void leaveIfDone() {
        if (isLeaving && streams.isEmpty() && linkState() == SessionState.OPEN) closeWith(CloseReason.NORMAL);
    }

    List<AnsweredStream> all() {
        return new ArrayList<>(streams.values());
    }

    /// The server takes no new calls, and knows of none behind `last`.
    void serverLeaves(int last) {
        isLeaving = true;
        for (AnsweredStream stream : all()) {
            if (stream.id() > last) stream.leftOut();
        }
        leaveIfDone();
    }

    void settled(int allowed, long tableBytes, boolean tunnels) {
        takesTunnels = tunnels;
        slots.most(Math.min(allowed, MOST_STREAMS));
        fields.maxTableBytes(tableBytes);
        settled.countDown();
    }

    int streamWindow() {
        return answers.streamWindow();
    }

    long nowNanos() {
        return lastActivityNanos();
    }

    void tellLater(ClientStream stream) {
        toTell.add(stream);
    }

    void takeWindow(int bytes) {
        if (!window.take(bytes)) {
            throw ErrorCode.connection(ErrorCode.FLOW_CONTROL_ERROR, "more than the window allows", "5.2.1");
        }
    }

    void giveWindow(int bytes) {
        int told = window.give(bytes);
        if (told > 0) control(ControlFrame.windowUpdate(0, told));
    }

    void ponged() {
        pingedNanos = 0;
    }

    // --- what comes in ---

    /// A server may answer while it still takes the request, and stop taking it until the answer is read.
    @Override
    protected boolean answersInput() {
        return false;
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        try {
            boolean goesOn = true;
            while (goesOn && in.isReadable()) goesOn = reader.read(in) && mayDecode();
        } finally {
            for (int i = 0; i < toTell.size(); i++) toTell.get(i).tell();
            toTell.clear();
        }
    }

    // --- what goes out ---

    void control(ControlFrame frame) {
        if (linkState() == SessionState.OPEN) appendControl(frame);
    }

    void sendHead(ClientStream stream, long length, boolean isLast) {
        Headers headers = stream.call.request().headers();
        String authority = headers.value(Names.HOST, stream.call.origin().authority());
        Headers rest = headers.without(Names.HOST);
        if (rest.has(Names.TE) && !rest.value(Names.TE, "").equals("trailers")) rest = rest.without(Names.TE);
        send(fields.request(stream.id(), stream.call.request(), isSecure, authority, rest, length, isLast));
    }

    void sendHead(ClientTunnel tunnel, TunnelRequest request) {
        send(fields.tunnel(tunnel.id(), request, isSecure));
    }

    /// Sends the next `count` bytes of `content`, which it takes.
    void sendData(ClientTunnel tunnel, ByteBuf content, int count) {
        turns.taken(count);
        if (linkState() == SessionState.OPEN) send(data.of(tunnel.id(), content, count));
        else content.skipBytes(count);
    }

    void sendEnd(ClientTunnel tunnel) {
        send(data.of(tunnel.id(), Bytes.EMPTY, true));
    }

    void sendData(ClientStream stream, Bytes content, boolean isLast) {
        turns.taken(content.size());
        send(data.of(stream.id(), content, isLast));
    }

    void sendEnd(ClientStream stream, Headers trailers) {
        if (trailers.isEmpty()) send(data.of(stream.id(), Bytes.EMPTY, true));
        else send(fields.trailers(stream.id(), trailers));
    }

    private void send(Frame frame) {
        if (linkState() == SessionState.OPEN) appendMessage(frame, frame.sizeAround());
    }

    SendTurns turns() {
        return turns;
    }

    private boolean hasRoom() {
        return linkState() == SessionState.OPEN && hasRoomToSend();
    }

    @Override
    protected void sendable() {
        turns.send();
    }

    @Override
    protected int encodedSize(Object frame) {
        return ((Frame) frame).sizeAround();
    }

    @Override
    protected void encode(Object frame, ByteBuf to) {
        ((Frame) frame).write(to);
    }

    // --- how it ends ---

    /// Ends everything with `why`. Thread: the event loop.
    private void failWith(RuntimeException why) {
        if (failure == null) failure = why;
        abortWith(CloseReason.LOST);
    }

    @Override
    protected void tick(long now) {
        if (slots.closeIfForgotten(now)) {
            isLeaving = true;
            leaveIfDone();
            return;
        }
        long stall = group.limits().stallTimeout().toNanos();
        for (AnsweredStream stream : all()) stream.tick(now, idleNanos, stall);
        if (nanosSinceHeard(now) < quietNanos) {
            pingedNanos = 0;
        } else if (pingedNanos == 0) {
            pingedNanos = now;
            control(ControlFrame.ping(now));
        } else if (now - pingedNanos > quietNanos) {
            failWith(new ConnectionLost(remote() + " did not answer a ping", Processed.MAYBE, null));
        }
    }

    @Override
    protected void stalled() {
        failWith(new DeadlineExceeded(remote() + " to take more of its requests", Processed.MAYBE));
    }

    @Override
    protected CloseReason reasonFor(RuntimeException why) {
        code = why instanceof ProtocolError error ? error.code() : ErrorCode.INTERNAL_ERROR;
        RuntimeException told = why instanceof ProtocolError error
                ? new ProtocolError(
                        Status.BAD_GATEWAY, "the server broke HTTP/2: " + error.getMessage(), error.source())
                : why;
        if (failure == null) failure = told;
        failAll(told);
        return BROKEN;
    }

    private void failAll(RuntimeException why) {
        isLeaving = true;
        for (AnsweredStream stream : all()) stream.fail(why);
    }

    @Override
    protected CloseReason reasonForEnd() {
        failAll(new ConnectionLost(remote() + " ended the connection", Processed.MAYBE, null));
        return CloseReason.LOST;
    }

    @Override
    protected @Nullable Object goodbye(CloseReason reason) {
        return ControlFrame.goAway(0, code, "");
    }

    @Override
    protected void released() {
        settled.countDown();
        RuntimeException why = failure;
        if (why == null && finalReason().equals(CloseReason.NORMAL)) {
            why = new Cancelled("the call was ended by its client", Processed.MAYBE, null);
        }
        failAll(why == null ? new ConnectionLost(remote() + " ended the connection", Processed.MAYBE, null) : why);
        reader.release();
        fields.release();
    }

    @Override
    public String toString() {
        return "HTTP/2 connection to " + remote();
    }
}
