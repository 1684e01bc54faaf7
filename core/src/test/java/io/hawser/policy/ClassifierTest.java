package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.ShutdownFailed;
import io.hawser.UnexpectedStatus;
import io.hawser.policy.Verdict.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifierTest {
    private final Classifier standard = Classifier.standard();

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new ConnectFailed("x", null), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new ConnectionLost("x", Processed.NO, null), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new ConnectionLost("x", Processed.MAYBE, null), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(new DeadlineExceeded("x", Processed.NO), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new Rejected("x", null), Kind.THROTTLED, Processed.NO),
                Arguments.of(new SessionClosed(4010, "x", Processed.NO), Kind.CLIENT_ERROR, Processed.MAYBE),
                Arguments.of(new SessionClosed(3999, "x", Processed.NO), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new SessionClosed(4501, "", Processed.MAYBE), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(new LimitExceeded("x", 1, 2, Processed.NO), Kind.CLIENT_ERROR, Processed.MAYBE),
                Arguments.of(new ProtocolError(1002, "x", "y"), Kind.FATAL, Processed.MAYBE),
                Arguments.of(new ShutdownFailed("x", null), Kind.FATAL, Processed.MAYBE),
                Arguments.of(new UnexpectedStatus("x", 429, ""), Kind.THROTTLED, Processed.NO),
                Arguments.of(new UnexpectedStatus("x", 421, ""), Kind.TRANSIENT, Processed.NO),
                // It may have been processed: whether the answer had a Retry-After, nobody knows.
                Arguments.of(new UnexpectedStatus("x", 503, ""), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(new UnexpectedStatus("x", 408, ""), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(new UnexpectedStatus("x", 500, ""), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(new UnexpectedStatus("x", 501, ""), Kind.CLIENT_ERROR, Processed.MAYBE),
                Arguments.of(new UnexpectedStatus("x", 505, ""), Kind.CLIENT_ERROR, Processed.MAYBE),
                Arguments.of(new UnexpectedStatus("x", 404, ""), Kind.CLIENT_ERROR, Processed.MAYBE),
                Arguments.of(new Cancelled("x", Processed.NO, null), Kind.CANCELLED, Processed.MAYBE),
                Arguments.of(new InterruptedException(), Kind.CANCELLED, Processed.MAYBE),
                Arguments.of(new CancellationException(), Kind.CANCELLED, Processed.MAYBE),
                Arguments.of(new ConnectException(), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new NoRouteToHostException(), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new UnknownHostException(), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new IOException(), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(new TimeoutException(), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(new UncheckedIOException(new ConnectException()), Kind.TRANSIENT, Processed.NO),
                Arguments.of(new ExecutionException(new IOException()), Kind.TRANSIENT, Processed.MAYBE),
                Arguments.of(
                        new CompletionException(new ExecutionException(new InterruptedException())),
                        Kind.CANCELLED,
                        Processed.MAYBE),
                Arguments.of(new CompletionException("x", null), Kind.FATAL, Processed.MAYBE),
                Arguments.of(new IllegalArgumentException(), Kind.CLIENT_ERROR, Processed.MAYBE),
                Arguments.of(new IllegalStateException(), Kind.FATAL, Processed.MAYBE),
                Arguments.of(new StackOverflowError(), Kind.FATAL, Processed.MAYBE));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorIsJudgedByItsType(Throwable error, Kind kind, Processed processed) {
        Verdict verdict = standard.failure(error);
        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.processed()).isEqualTo(processed);
        assertThat(verdict.reason()).matches("[A-Za-z_]+|http_[0-9]{3}");
        assertThat(verdict.isFailure()).isEqualTo(kind == Kind.TRANSIENT || kind == Kind.FATAL);
        assertThat(verdict.isPassing()).isEqualTo(kind == Kind.TRANSIENT || kind == Kind.THROTTLED);
        assertThat(verdict.isConclusive()).isEqualTo(kind == Kind.CLIENT_ERROR);
    }

    @Test
    void aRejectionKeepsItsHint() {
        assertThat(standard.failure(new Rejected("x", Duration.ofSeconds(3))).retryAfter())
                .contains(Duration.ofSeconds(3));
    }

    @Test
    void everyAnswerIsASuccess() {
        assertThat(standard.answer("x")).isEqualTo(Verdict.success());
        assertThat(standard.answer(null).isSuccess()).isTrue();
        assertThat(Verdict.success().isConclusive()).isTrue();
    }

    @Test
    void anAnswerThatNobodyGetsIsClosed() {
        int[] closed = {0};
        AutoCloseable open = () -> closed[0]++;
        standard.discard(open);
        standard.discard("not to be closed");
        standard.discard(null);
        assertThat(closed[0]).isOne();

        standard.discard((AutoCloseable) () -> {
            throw new IOException("does not close");
        });
        standard.discard((AutoCloseable) () -> {
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aVerdictIsMadeOfItsParts() {
        assertThat(Verdict.throttled("http_429", Processed.NO, Optional.of(Duration.ofSeconds(1)))
                        .kind())
                .isEqualTo(Kind.THROTTLED);
        assertThat(Verdict.cancelled().isPassing()).isFalse();
    }
}
