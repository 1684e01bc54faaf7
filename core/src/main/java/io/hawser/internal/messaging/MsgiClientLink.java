package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.internal.pipeline.BoundPipeline;
import io.hawser.internal.pipeline.PipelineHandshake;
import io.hawser.internal.pipeline.Role;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Receipt;
import io.hawser.session.CloseReason;
import io.hawser.session.SessionState;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The client's side: says hello and waits for the welcome, or goes on bare; and knows of each [Sending]
/// whether the operating system took it.
///
/// A message comes back to the [SendQueue] if the connection closes before its bytes were handed to the
/// channel. Once they were, and the write fails, nobody can tell how much has left: it is lost.
final class MsgiClientLink extends MsgiLink {
    private static final long HELLO_ID = 1;

    private final MessagingClientConfig client;
    private final SendQueue queue;
    private final PipelineHandshake handshake;
    private final CompletableFuture<CloseReason> ended = new CompletableFuture<>();
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();

    /// Encoded in this turn and not handed to the channel. Owner: the event loop.
    private List<Sending> encoded = new ArrayList<>();

    MsgiClientLink(
            SessionRegistry sessions,
            MsgiSettings settings,
            MessagingClientConfig client,
            SendQueue queue,
            Channel channel) {
        super(sessions, settings, channel);
        this.client = client;
        this.queue = queue;
        this.handshake = PipelineHandshake.of(settings.pipeline().orElse(Pipeline.of()), Role.CLIENT);
        clientId(client.id());
    }

    @Override
    protected void started() {
        if (client.isBare()) {
            open(Mode.BARE, null);
        } else {
            Greeting.Hello hello = new Greeting.Hello(HELLO_ID, client.id(), handshake.offer());
            appendControl(new Frame(FrameType.CONTROL, hello.encoded()));
        }
    }

    @Override
    void greeted(Bytes payload) {
        Greeting.Welcome welcome = Greeting.parseWelcome(payload);
        if (!welcome.sid().isEmpty()) id(welcome.sid());
        BoundPipeline bound = handshake.bind(welcome.pipeline(), toString(), settings.maxMessageBytes());
        open(Mode.SESSION, settings.hasStages() ? bound : null);
    }

    /// A server answers requests, and this client makes none.
    @Override
    void requested(Bytes payload) {}

    @Override
    void greetingLate() {
        abort();
    }

    @Override
    boolean pings() {
        return true;
    }

    @Override
    protected void becameOpen() {
        if (linkState() != SessionState.OPEN) return; // closed since the first try
        if (queue.connected(this)) opened.complete(true);
        else channel.eventLoop().execute(this::becameOpen);
    }

    /// Sends a message, and waits while the queue is over its soft bound.
    void send(Sending sending) {
        sendItem(sending);
    }

    /// Sends a message that has waited for the connection, whatever the bounds say. Thread: the event loop.
    ///
    /// @return false if that failed, and with it the connection
    boolean sendKept(Sending sending) {
        return appendMessage(sending, encodedSize(sending));
    }

    /// It would fail on the next connection too.
    @Override
    protected void unsendable(Object item) {
        if (item instanceof Sending sending) sending.become(Receipt.State.LOST);
        else super.unsendable(item);
    }

    @Override
    void encoded(Sending sending) {
        encoded.add(sending);
    }

    @Override
    protected ChannelPromise writePromise() {
        if (encoded.isEmpty()) return super.writePromise();
        List<Sending> written = encoded;
        encoded = new ArrayList<>();
        ChannelPromise promise = channel.newPromise();
        promise.addListener(done -> {
            Receipt.State outcome = done.isSuccess() ? Receipt.State.SENT : Receipt.State.LOST;
            for (Sending sending : written) sending.become(outcome);
        });
        return promise;
    }

    @Override
    protected void unsent(Object item) {
        if (item instanceof Sending sending) queue.returned(sending);
        else super.unsent(item);
    }

    @Override
    protected void released() {
        super.released();
        queue.disconnected(this);
        for (Sending sending : encoded) queue.returned(sending);
        encoded.clear();
        CloseReason reason = finalReason();
        opened.complete(false);
        ended.complete(reason);
    }

    /// Waits until messages may be sent.
    ///
    /// @throws SessionClosed if the server said goodbye instead of welcome
    /// @throws ConnectionLost if it closed without a word
    void awaitOpen(Endpoint endpoint, Duration atMost) {
        boolean interruptedOrLate = true;
        try {
            boolean open = opened.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            interruptedOrLate = false;
            if (open) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while greeting " + endpoint, Processed.NO, e);
        } catch (TimeoutException e) {
            throw new ConnectFailed(endpoint + " did not answer the hello within " + atMost, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            if (interruptedOrLate) abort();
        }
        CloseReason reason = finalReason();
        if (reason.equals(CloseReason.LOST)) {
            throw new ConnectionLost(endpoint + " closed the connection during the greeting", Processed.NO, null);
        }
        throw new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    /// Waits until the connection has ended, and what it was given and did not write is back in the queue.
    CloseReason awaitEnd() throws InterruptedException {
        try {
            CloseReason reason = ended.get();
            queue.awaitSenders();
            awaitOutbox();
            return reason;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
