package io.hawser.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 100, 65_536, 300_000})
    void requestsCutAnywhereAreTheSameStream(int payloadBytes) {
        var protocol = new MsgiProtocol(payloadBytes);
        var requests = new Requests(protocol, 4);
        var expected = ByteBuffer.allocate(10 * protocol.requestBytes());
        for (int i = 0; i < 10; i++) {
            protocol.encode(expected, i);
        }
        for (int piece : new int[] {1 + payloadBytes / 3, 11 + payloadBytes, 3 * (11 + payloadBytes)}) {
            assertThat(written(requests, 10, piece)).isEqualTo(expected.array());
        }
    }

    @Test
    void noMoreThanTheWindowIsEncoded() {
        var requests = new Requests(new MsgiProtocol(0), 3);

        assertThat(requests.range(0, 100, 0).remaining()).isEqualTo(30);
        assertThat(requests.range(0, 100, 9).remaining()).isEqualTo(21);
        assertThat(requests.range(7, 1, 0).remaining()).isEqualTo(10);
    }

    /// What a socket that takes `piece` bytes of each write would have received.
    private static byte[] written(Requests requests, int count, int piece) {
        var stream = ByteBuffer.allocate(count * requests.requestBytes());
        while (stream.hasRemaining()) {
            int first = stream.position() / requests.requestBytes();
            var bytes = requests.range(first, count - first, stream.position() % requests.requestBytes());
            bytes.limit(Math.min(bytes.limit(), bytes.position() + piece));
            stream.put(bytes);
        }
        return stream.array();
    }
}
