package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.HawserException.Processed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HawserExceptionTest {
    private static List<HawserException> all() {
        Throwable cause = new IllegalStateException("why");
        return List.of(
                new Cancelled("interrupted", Processed.NO, cause),
                new ConnectFailed("refused", cause),
                new ConnectionLost("reset", Processed.MAYBE, cause),
                new DeadlineExceeded("a lease", Processed.NO),
                new LimitExceeded("maxPayloadBytes", 10, 11, Processed.NO),
                new ProtocolError(4004, "bad", "MSGI"),
                new Rejected("full", Duration.ofSeconds(1)),
                new SessionClosed(1000, "bye", Processed.NO),
                new ShutdownFailed("stuck", cause),
                new StartupFailed("port in use", cause),
                new UnexpectedStatus("GET /users/42", 404, "no such user"));
    }

    @Test
    void everyKindIsHere() {
        assertThat(all().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(HawserException.class.getPermittedSubclasses());
    }

    @Test
    void whatCannotHaveReachedThePeerMayBeTriedAgain() {
        assertThat(new ConnectFailed("refused", null).processed()).isEqualTo(Processed.NO);
        assertThat(new StartupFailed("port in use", null).processed()).isEqualTo(Processed.NO);
        assertThat(new Rejected("full", null).processed()).isEqualTo(Processed.NO);
        assertThat(new ProtocolError(0, "bad", "RFC 1").processed()).isEqualTo(Processed.MAYBE);
        assertThat(new ShutdownFailed("stuck", null).processed()).isEqualTo(Processed.MAYBE);
    }

    @Test
    void theOthersSayWhatTheyWereTold() {
        for (Processed processed : Processed.values()) {
            assertThat(Stream.of(
                                    new Cancelled("x", processed, null),
                                    new ConnectionLost("x", processed, null),
                                    new DeadlineExceeded("x", processed),
                                    new LimitExceeded("x", 0, 1, processed),
                                    new SessionClosed(1, "", processed))
                            .map(HawserException::processed))
                    .containsOnly(processed);
        }
    }

    @Test
    void theMessagesSayWhatHappened() {
        assertThat(new LimitExceeded("maxPayloadBytes", 1_048_576, 1_048_577, Processed.NO))
                .hasMessage("maxPayloadBytes exceeded: 1048577 where at most 1048576 is allowed");
        assertThat(new ProtocolError(1002, "masked frame from a server", "RFC 6455, section 5.1"))
                .hasMessage("masked frame from a server (RFC 6455, section 5.1)");
        assertThat(new SessionClosed(4501, "drain", Processed.NO)).hasMessage("session closed with 4501: drain");
        assertThat(new SessionClosed(1000, "", Processed.NO)).hasMessage("session closed with 1000");
        assertThat(new DeadlineExceeded("connect to 10.0.0.1:80", Processed.NO))
                .hasMessage("deadline passed while waiting for connect to 10.0.0.1:80");
    }

    @Test
    void theDetailsCanBeAskedFor() {
        LimitExceeded limit = new LimitExceeded("maxPayloadBytes", 10, 11, Processed.NO);
        assertThat(limit.limit()).isEqualTo("maxPayloadBytes");
        assertThat(limit.allowed()).isEqualTo(10);
        assertThat(limit.seen()).isEqualTo(11);
        ProtocolError protocol = new ProtocolError(1002, "x", "RFC 6455");
        assertThat(protocol.code()).isEqualTo(1002);
        assertThat(protocol.source()).isEqualTo("RFC 6455");
        SessionClosed closed = new SessionClosed(4501, "drain", Processed.NO);
        assertThat(closed.code()).isEqualTo(4501);
        assertThat(closed.reason()).isEqualTo("drain");
        assertThat(new Rejected("full", Duration.ofSeconds(3)).retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(new Rejected("full", null).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void anErrorSurvivesSerialization(HawserException error) throws Exception {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(stored)) {
            out.writeObject(error);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
            assertThat(in.readObject()).usingRecursiveComparison().isEqualTo(error);
        }
    }
}
