package io.hawser.internal.client;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.SessionClosed;
import io.hawser.session.CloseReason;
import io.hawser.session.Receipt;
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

/// What a client knows of one of its connections: whether it has opened, how it ended, and of each [Sending]
/// whether the operating system took it.
///
/// A message comes back to the [SendQueue] if the connection closes before its bytes were handed to the
/// channel. Once they were, and the write fails, nobody can tell how much has left: it is lost.
public final class ClientSide {
    private final SendQueue queue;
    private final CompletableFuture<CloseReason> ended = new CompletableFuture<>();
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();

    /// Encoded in this turn and not handed to the channel. Owner: the event loop.
    private List<Sending> encoded = new ArrayList<>();

    public ClientSide(SendQueue queue) {
        this.queue = queue;
    }

    /// Messages may be sent through `link`. Thread: the event loop.
    public void becameOpen(ClientLink link, Channel channel) {
        if (link.state() != SessionState.OPEN) return; // closed since the first try
        if (queue.connected(link)) opened.complete(true);
        else channel.eventLoop().execute(() -> becameOpen(link, channel));
    }

    /// `sending` is in this turn's buffer. Thread: the event loop.
    public void encoded(Sending sending) {
        encoded.add(sending);
    }

    /// Told what becomes of what was [#encoded] in this turn. Thread: the event loop.
    public ChannelPromise writePromise(Channel channel) {
        if (encoded.isEmpty()) return channel.voidPromise();
        List<Sending> written = encoded;
        encoded = new ArrayList<>();
        ChannelPromise promise = channel.newPromise();
        promise.addListener(done -> {
            Receipt.State outcome = done.isSuccess() ? Receipt.State.SENT : Receipt.State.LOST;
            for (Sending sending : written) sending.become(outcome);
        });
        return promise;
    }

    /// `item` closed the connection by what it is, and would close the next one too.
    ///
    /// @return false if it is no message of the client's
    public boolean unsendable(Object item) {
        if (!(item instanceof Sending sending)) return false;
        sending.become(Receipt.State.LOST);
        return true;
    }

    /// The connection closed before it could write `item`.
    ///
    /// @return false if it is no message of the client's
    public boolean unsent(Object item) {
        if (!(item instanceof Sending sending)) return false;
        queue.returned(sending);
        return true;
    }

    /// The connection has ended. Thread: the event loop.
    public void released(ClientLink link, CloseReason reason) {
        queue.disconnected(link);
        for (Sending sending : encoded) queue.returned(sending);
        encoded.clear();
        ended.complete(reason); // before those wake who wait to see it open
        opened.complete(false);
    }

    /// As [ClientLink#awaitOpen].
    public void awaitOpen(ClientLink link, Endpoint endpoint, Duration atMost) {
        Deadline deadline = Deadline.current();
        Deadline end = deadline.earlier(Deadline.after(atMost));
        boolean interruptedOrLate = true;
        try {
            boolean open = opened.get(Math.max(0, end.remainingNanos()), TimeUnit.NANOSECONDS);
            interruptedOrLate = false;
            if (open) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while greeting " + endpoint, Processed.NO, e);
        } catch (TimeoutException e) {
            if (end == deadline) throw new DeadlineExceeded("the greeting of " + endpoint, Processed.NO);
            throw new ConnectFailed(endpoint + " did not answer the greeting within " + atMost, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            if (interruptedOrLate) link.abort();
        }
        CloseReason reason = ended.getNow(CloseReason.LOST);
        if (reason.code() == CloseReason.LOST.code()) {
            throw new ConnectionLost(
                    endpoint + " ended the connection during the greeting: " + reason.message(), Processed.NO, null);
        }
        throw new SessionClosed(reason.code(), reason.message(), Processed.NO);
    }

    /// As [ClientLink#awaitEnd].
    ///
    /// @param outbox waits until all is opened that was sent so far
    public CloseReason awaitEnd(Outbox outbox) throws InterruptedException {
        try {
            CloseReason reason = ended.get();
            queue.awaitSenders();
            outbox.await();
            return reason;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A wait that can be interrupted.
    @FunctionalInterface
    public interface Outbox {
        void await() throws InterruptedException;
    }
}
