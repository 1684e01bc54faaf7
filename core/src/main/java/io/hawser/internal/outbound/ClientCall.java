package io.hawser.internal.outbound;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.Switched;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request on one connection, and the caller that waits for its answer.
///
/// `outcome` is set once: by the answer, or by whatever ended the call before. An answer may come before the
/// request is all sent; the upload then goes on beside it.
///
/// Thread: made and awaited by the caller; told by the event loop and the upload.
public final class ClientCall {
    private static final VarHandle OUTCOME;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(ClientCall.class, "outcome", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final OriginServer origin;
    private final Request request;
    private final Thread caller = Thread.currentThread();
    private volatile @Nullable Object outcome;
    private volatile @Nullable Thread upload;
    private volatile boolean mayContinue;
    private volatile boolean isSent;
    private volatile boolean isHeard;
    private volatile long sentNanos;

    /// Whether the connection goes on after the answer. Written before the answer is told.
    private volatile boolean isKeptAlive;

    public ClientCall(OriginServer origin, Request request) {
        this.origin = origin;
        this.request = request;
    }

    public OriginServer origin() {
        return origin;
    }

    public Request request() {
        return request;
    }

    /// Whether the answer has no body, whatever it says.
    public boolean isToHead() {
        return request.method().equals(Method.HEAD);
    }

    /// Whether the connection may go on in another protocol.
    public boolean wantsUpgrade() {
        return request.attribute(Switched.WANTED).isPresent();
    }

    /// Whether a request of this method says how long its body is even when it is empty.
    ///
    /// Source: RFC 9110, section 8.6
    public boolean hasBodyByMethod() {
        Method method = request.method();
        return method.equals(Method.POST) || method.equals(Method.PUT) || method.equals(Method.PATCH);
    }

    /// The answer has come, its body perhaps not yet.
    ///
    /// @param keptAlive whether the connection goes on after its body
    public void respond(Response response, boolean keptAlive) {
        isKeptAlive = keptAlive;
        settle(response);
    }

    /// It ends without an answer, unless there is one.
    public void fail(Throwable failure) {
        settle(failure);
    }

    private void settle(Object result) {
        if (OUTCOME.compareAndSet(this, null, result)) wake();
    }

    private void wake() {
        LockSupport.unpark(caller);
        Thread sending = upload;
        if (sending != null) LockSupport.unpark(sending);
    }

    /// The server has asked for the body.
    public void mayContinue() {
        mayContinue = true;
        wake();
    }

    /// Whether the server has asked for the body.
    boolean isBodyWanted() {
        return mayContinue;
    }

    /// The first octet of an answer has come.
    public void heard() {
        isHeard = true;
    }

    public boolean isHeard() {
        return isHeard;
    }

    /// The caller is about to send all of the request at once.
    void sending() {
        sentNanos = System.nanoTime();
        isSent = true;
    }

    /// The last of the request is on its way: whatever is sent from now on comes behind it.
    ///
    /// Thread: the event loop, which therefore says so before it can read the end of an answer to all of it.
    public void sent() {
        if (isSent) return;
        sending();
        if (outcome == null) LockSupport.unpark(caller);
    }

    public boolean isSettled() {
        return outcome != null;
    }

    /// Whether request and answer leave the connection as it was, once the body of the answer is read.
    boolean leavesConnection() {
        return isSent && isKeptAlive;
    }

    /// Whether something of the body was taken that may not come again.
    boolean isUploading() {
        return upload != null;
    }

    void upload(Thread sending) {
        upload = sending;
    }

    /// The rest of the request is of no use any more.
    void stopUpload() {
        Thread sending = upload;
        if (sending != null && !isSent) sending.interrupt();
    }

    /// Waits until the server has asked for the body, has answered, or has let `atMostNanos` pass.
    ///
    /// Thread: the upload.
    void awaitContinue(long atMostNanos) throws InterruptedException {
        long end = System.nanoTime() + atMostNanos;
        for (long left = atMostNanos; !mayContinue && outcome == null && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) throw new InterruptedException();
        }
    }

    /// Waits for the answer.
    ///
    /// @param firstByteNanos how long it may take from the end of the request
    /// @throws DeadlineExceeded at [Deadline#current()], or when the answer does not begin in time
    Response await(long firstByteNanos) throws Exception {
        Deadline deadline = Deadline.current();
        Object result = outcome;
        while (result == null) {
            long total = deadline.remainingNanos();
            if (total <= 0) throw new DeadlineExceeded("the answer of " + origin, Processed.MAYBE);
            long left = Math.min(total, untilFirstByte(firstByteNanos));
            if (left <= 0) {
                throw new DeadlineExceeded(
                        "the first byte of an answer of " + origin + " ("
                                + TimeUnit.NANOSECONDS.toMillis(firstByteNanos) + " ms)",
                        Processed.MAYBE);
            }
            LockSupport.parkNanos(this, left);
            result = outcome;
            if (result == null && Thread.currentThread().isInterrupted()) {
                throw new Cancelled("interrupted while waiting for the answer of " + origin, Processed.MAYBE, null);
            }
        }
        if (result instanceof Response response) return response;
        // Where it was made says little: the caller's own frames are what a reader of the trace needs.
        if (result instanceof HawserException ours) ours.fillInStackTrace();
        throw result instanceof Exception failure ? failure : new IllegalStateException((Throwable) result);
    }

    private long untilFirstByte(long firstByteNanos) {
        return isSent ? firstByteNanos - (System.nanoTime() - sentNanos) : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return request.method() + " " + origin;
    }
}
