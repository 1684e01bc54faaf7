package io.hawser.internal.http;

import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.http.Body;
import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.jfr.Recorder;
import io.hawser.internal.jfr.RequestEvent;
import io.hawser.internal.tcp.Visitor;
import io.hawser.io.ExecutionMode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer, the same for every version of HTTP: request in, handler in its mode, answer
/// out.
///
/// The protocol reads the head, makes the [Request] (whose body is in memory, or a [BodyPipe] that the
/// protocol fills as it reads) and calls [#begin] on its event loop; from then on it hears of the exchange
/// through its [ReturnPath] only. In between:
///
/// 1. The mode of the route decides where the handler runs: on the loop, at once or after a body of at most
///    [BodyPipe#CAPACITY_BYTES] is there, or on a virtual thread. Those on threads are counted until their
///    answer is sent, or their stream of events begins, and one too many is answered 503.
/// 2. What the handler throws becomes an answer without internals: 500, or what [Problem#of(Throwable)]
///    says of the one family.
/// 3. An answer follows its request: while the body of the request is still arriving, the answer is held
///    until all of it is there, or [BodyPipe#CAPACITY_BYTES] of it, or half a second has passed. So a body
///    that turns out to be malformed is answered 400, and not 200 and a broken connection. A client that
///    waits for `100 Continue` is not kept waiting.
/// 4. The body of the answer goes out as its kind allows. Bytes go in one piece with the head. A file goes
///    to the operating system. What comes from a network and is answered on the loop is passed on by a
///    [LoopPump]. Everything else is pulled by the handler's virtual thread, which waits where the peer is
///    slow; a handler of the loop gets a thread for that.
/// 5. Both bodies are closed. What was not read of the request is the protocol's to discard.
///
/// Thread: begins on the event loop, and is then owned by one thread at a time.
public final class Exchange implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MAX_WHOLE_BYTES = 64 << 10;
    private static final String EVENTS = "text/event-stream";

    private final HttpEngine engine;
    private final HttpHandler handler;
    private final Request request;
    private final @Nullable BodyPipe arriving;
    private final ReturnPath path;
    private boolean isCounted;
    private volatile boolean isCancelled;
    private volatile boolean isEndless;
    private volatile boolean hasPeerEnded;
    private volatile @Nullable Thread worker;
    /// Owner: the event loop.
    private @Nullable LoopPump pump;

    private Exchange(HttpEngine engine, HttpHandler handler, Request request, ReturnPath path) {
        this.engine = engine;
        this.handler = handler;
        this.request = request;
        this.arriving = request.body() instanceof BodyPipe pipe ? pipe : null;
        this.path = path;
    }

    /// Answers `request`. Thread: the event loop of `path`.
    ///
    /// @param visitor on whose connection it came, where that is known
    public static Exchange begin(HttpEngine engine, @Nullable Visitor visitor, Request request, ReturnPath path) {
        Exchange exchange = new Exchange(engine, engine.handlerFor(visitor), request, path);
        exchange.begin();
        return exchange;
    }

    /// Nobody waits for the answer any more: stops whatever is at work on it. What `path` is told from now
    /// on, it must drop.
    ///
    /// Thread: the event loop.
    public void cancel() {
        isCancelled = true;
        Thread working = worker;
        if (working != null) working.interrupt();
        LoopPump pumping = pump;
        if (pumping != null) pumping.stop();
    }

    /// The peer sends nothing more. It may still wait for its answer, but not for a stream of events, of
    /// which only the peer knows the end: this is it.
    ///
    /// Thread: the event loop.
    public void peerEnded() {
        hasPeerEnded = true;
        if (isEndless) cancel();
    }

    /// A stream of events begins that may have no reader any more.
    private void beginEndless() {
        isEndless = true;
        // What comes back of a request's own body is no stream of the server's, whatever its type says.
        if (request.method().equals(Method.GET)) leaveEngine();
        if (hasPeerEnded) cancel();
    }

    /// From here to [#leaveThread] a [#cancel] interrupts the calling thread.
    private void enterThread() {
        worker = Thread.currentThread();
        if (isCancelled) Thread.currentThread().interrupt();
    }

    private void leaveThread() {
        worker = null;
    }

    private void begin() {
        ExecutionMode mode;
        BodyPipe collected = null;
        try {
            mode = handler.mode(request);
            BodyPipe body = arriving;
            if (mode == ExecutionMode.EVENT_LOOP && body != null && isCollected(body)) collected = body;
        } catch (Throwable failure) {
            answerOnLoop(failed(failure));
            return;
        }
        if (mode == ExecutionMode.EVENT_LOOP) {
            if (collected != null) collect(collected);
            else answerOnLoop(handled());
            return;
        }
        isCounted = engine.enter();
        if (isCounted) start(mode);
        else answerOnLoop(failed(new Rejected("too many requests in flight", Duration.ofSeconds(1))));
    }

    private void start(ExecutionMode mode) {
        engine.dispatch(mode).run(path.loop(), this);
    }

    /// Whether a handler of the loop gets `body` once it is whole, because then it can read it.
    private boolean isCollected(BodyPipe body) {
        if (body.isTooLong()) handler.maxBodyBytes(request).ifPresent(body::limit);
        return !body.isTooLong() && body.length().orElse(Long.MAX_VALUE) <= BodyPipe.CAPACITY_BYTES;
    }

    private void collect(BodyPipe body) {
        body.want();
        if (body.failure().isPresent()) answerOnLoop(failed(body.failure().get()));
        else if (body.isOver()) answerOnLoop(handled());
        else body.onMore(() -> collect(body));
    }

    /// The handler and its answer, on a virtual thread.
    @Override
    public void run() {
        if (isCancelled) {
            finish();
            return;
        }
        enterThread();
        Response response = handled();
        try {
            BodyPipe body = arriving;
            if (body != null && isToBeHeld(body, response)) {
                body.awaitReceived(BodyPipe.CAPACITY_BYTES, HOLD_NANOS);
            }
            Response settled = settled(response);
            if (!sendAtOnce(settled)) stream(settled);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            broken(response, interrupt);
        } catch (Throwable failure) {
            broken(response, failure);
        } finally {
            leaveThread();
        }
    }

    private Response handled() {
        if (!Recorder.isThere()) return answered();
        RequestEvent event = new RequestEvent();
        event.begin();
        Response response = answered();
        if (event.shouldCommit()) record(event, response);
        return response;
    }

    private Response answered() {
        try {
            return Objects.requireNonNull(handler.handle(request), "the answer of a handler");
        } catch (Throwable failure) {
            return failed(failure);
        }
    }

    private void record(RequestEvent event, Response response) {
        event.remote = request.remote().toString();
        event.version = request.version().toString();
        event.method = request.method().name();
        event.path = request.rawPath();
        event.status = response.status();
        event.commit();
    }

    /// Whatever it is, an [OutOfMemoryError] included, it ends this exchange and nothing else.
    private Response failed(Throwable failure) {
        if (failure instanceof HawserException || isCancelled) {
            LOG.debug("{} is answered with a problem", request, failure);
        } else {
            engine.countFailure();
            LOG.error("handler of {} failed", request, failure);
        }
        return Problem.of(failure).response();
    }

    private void answerOnLoop(Response response) {
        BodyPipe body = arriving;
        if (body != null && isToBeHeld(body, response)) new Held(body, response).begin();
        else sendOnLoop(response);
    }

    private boolean isToBeHeld(BodyPipe body, Response response) {
        if (response.body().equals(body)) body.want();
        return !body.isOver()
                && !body.isTooLong()
                && !body.isHeldBack()
                && response.upgrade().isEmpty();
    }

    /// What is answered now that the request is known as far as it will be before the answer begins.
    private Response settled(Response response) {
        BodyPipe body = arriving;
        if (body == null || body.failure().isEmpty()) return response;
        close(response.body());
        return failed(body.failure().get());
    }

    private void sendOnLoop(Response held) {
        Response response = settled(held);
        try {
            if (sendAtOnce(response)) return;
            Body body = response.body();
            if (body instanceof BodyPipe || body instanceof BytesBody) {
                LoopPump begun =
                        new LoopPump(path, response, () -> done(response), failure -> broken(response, failure));
                pump = begun;
                if (isEvents(response)) beginEndless();
                begun.begin();
            } else {
                engine.dispatch(ExecutionMode.VIRTUAL).run(path.loop(), () -> streamOnThread(response));
            }
        } catch (Throwable failure) {
            broken(response, failure);
        }
    }

    /// @return false if the body of `response` goes out piece by piece
    private boolean sendAtOnce(Response response) {
        Body body = response.body();
        if (response.upgrade().isPresent()) path.upgrade(response);
        else if (request.method().equals(Method.HEAD) || Status.isBodiless(response.status())) {
            path.headOnly(response, body.length().orElse(ReturnPath.UNKNOWN_LENGTH));
        } else if (body instanceof BytesBody bytes && bytes.content().size() <= MAX_WHOLE_BYTES) {
            path.whole(response, bytes.content());
        } else if (!(body instanceof FileBody file && path.file(response, file))) return false;
        done(response);
        return true;
    }

    private void streamOnThread(Response response) {
        enterThread();
        try {
            stream(response);
        } catch (Throwable failure) {
            broken(response, failure);
        } finally {
            leaveThread();
        }
    }

    private static boolean isEvents(Response response) {
        return response.headers().value(Names.CONTENT_TYPE, "").regionMatches(true, 0, EVENTS, 0, EVENTS.length());
    }

    private void stream(Response response) throws Exception {
        if (isEvents(response)) beginEndless();
        engine.streams().whileSending(() -> {
            try (Body body = response.body().fromStart()) {
                new BodySink(BodySink.answer(path, response), body.length()).send(body);
            }
            return response;
        });
        done(response);
    }

    /// The answer has been given out, or handed on to be.
    private void done(Response response) {
        close(response.body());
        finish();
    }

    private void finish() {
        close(request.body());
        leaveEngine();
    }

    private void leaveEngine() {
        if (isCounted) engine.leave();
        isCounted = false;
    }

    /// The body of an answer did not come to its end.
    private void broken(Response response, Throwable failure) {
        if (failure instanceof HawserException || isCancelled)
            LOG.debug("the answer to {} broke off", request, failure);
        else LOG.warn("the answer to {} broke off", request, failure);
        path.cut(failure);
        done(response);
    }

    private static void close(Body body) {
        try {
            body.close();
        } catch (RuntimeException failure) {
            LOG.warn("closing a body failed", failure);
        }
    }

    /// An answer on the loop that waits for more of its request.
    private final class Held implements Runnable {
        private final BodyPipe body;
        private final Response response;
        private boolean released;

        Held(BodyPipe body, Response response) {
            this.body = body;
            this.response = response;
        }

        void begin() {
            path.loop().schedule(this::release, HOLD_NANOS, TimeUnit.NANOSECONDS);
            run();
        }

        /// More has come.
        @Override
        public void run() {
            if (released) return;
            if (body.isOver() || body.received() >= BodyPipe.CAPACITY_BYTES) release();
            else body.onMore(this);
        }

        private void release() {
            if (released) return;
            released = true;
            sendOnLoop(response);
        }
    }
}
