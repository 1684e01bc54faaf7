package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class HeadCountTest {
    @Test
    void requestsAreCountedHoweverTheyAreCut() {
        byte[] begin = "GET /json ".getBytes(StandardCharsets.US_ASCII);
        byte[] asked = "GET /json HTTP/1.1\r\n\r\nGET /health HTTP/1.1\r\n\r\nGGET /json HTTP/1.1\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        for (int size = 1; size <= asked.length; size++) {
            LongAdder sum = new LongAdder();
            HeadCount count = new HeadCount(begin, sum);
            byte[] piece = new byte[size];
            for (int at = 0; at < asked.length; at += size) {
                int length = Math.min(size, asked.length - at);
                System.arraycopy(asked, at, piece, 0, length);
                count.passed(piece, length);
            }
            assertThat(sum.sum()).as("in pieces of %d", size).isEqualTo(2);
        }
    }
}
