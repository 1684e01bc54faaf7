package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BodyPipeTest {
    private final List<String> asked = new ArrayList<>();
    private final BodyPipe pipe = new BodyPipe(
            new BodyPipe.Source() {
                @Override
                public void wanted() {
                    asked.add("wanted");
                }

                @Override
                public void roomMade() {
                    asked.add("room");
                }

                @Override
                public void abandoned() {
                    asked.add("abandoned");
                }
            },
            OptionalLong.empty(),
            Optional.empty(),
            false,
            1 << 30);

    private List<Bytes> readAll() {
        List<Bytes> pieces = new ArrayList<>();
        for (Bytes piece = pipe.poll(); piece != null && !piece.isEmpty(); piece = pipe.poll()) pieces.add(piece);
        return pieces;
    }

    @Test
    void piecesComeOutAsTheyWentIn() {
        pipe.offer(Bytes.ofUtf8("a".repeat(600)));
        pipe.offer(Bytes.ofUtf8("b".repeat(600)));
        assertThat(readAll()).extracting(Bytes::size).containsExactly(600, 600);
        pipe.offer(Bytes.ofUtf8("c"));
        assertThat(pipe.poll()).isEqualTo(Bytes.ofUtf8("c"));
        pipe.end(Headers.EMPTY);
        assertThat(pipe.poll()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void smallPiecesThatWaitAreFewAndInOrder() {
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            String piece = i % 10_000 == 5000 ? "x".repeat(700) : String.valueOf(i % 10);
            sent.append(piece);
            pipe.offer(Bytes.ofUtf8(piece));
        }
        List<Bytes> pieces = readAll();
        assertThat(pieces).hasSizeLessThan(20);
        assertThat(Bytes.concat(pieces.toArray(new Bytes[0])).toUtf8()).isEqualTo(sent.toString());
        assertThat(asked).isEmpty();
    }

    @Test
    void itIsFullAtItsCapacityAndHasRoomAgainAtHalfOfIt() {
        while (pipe.hasRoom()) pipe.offer(Bytes.wrap(new byte[1000]));
        assertThat(pipe.received()).isEqualTo(66_000);
        for (int read = 66; read > 33; read--) assertThat(pipe.poll()).isNotNull();
        assertThat(asked).isEmpty();
        assertThat(pipe.poll()).isNotNull();
        assertThat(asked).containsExactly("room");
    }

    @Test
    void aFailureThrowsAwayWhatWasNotRead() {
        pipe.offer(Bytes.ofUtf8("a"));
        pipe.offer(Bytes.ofUtf8("b"));
        pipe.fail(new ConnectionLost("gone", Processed.MAYBE, null));
        assertThatThrownBy(pipe::poll).isInstanceOf(ConnectionLost.class);
    }

    @Test
    void trailersAreThereOnceAllIsRead() {
        Headers trailers = Headers.of("a", "b");
        pipe.offer(Bytes.ofUtf8("x"));
        pipe.offer(Bytes.ofUtf8("y"));
        pipe.end(trailers);
        assertThat(pipe.poll()).isEqualTo(Bytes.ofUtf8("x"));
        assertThat(pipe.trailers().isEmpty()).isTrue();
        assertThat(pipe.poll()).isEqualTo(Bytes.ofUtf8("y"));
        assertThat(pipe.trailers()).isEqualTo(trailers);
    }
}
