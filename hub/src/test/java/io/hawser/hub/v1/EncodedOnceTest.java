package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EncodedOnceTest {
    private int encoded;
    private final EncodedOnce<Long> forms = new EncodedOnce<>(message -> {
        encoded++;
        return message.position().offset();
    });

    private static TopicMessage message(String topic, long offset, int bytes) {
        Position at = offset == 0 ? Position.NONE : new Position("e1", offset, "tag");
        return new TopicMessage(Topic.of(topic), at, Bytes.wrap(new byte[bytes]), Instant.EPOCH);
    }

    @Test
    void manyWhoRecoverShareWhatIsEncoded() {
        List<TopicMessage> kept = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) kept.add(message("room." + i % 100, i, 100));
        for (int client = 0; client < 3; client++) {
            for (TopicMessage message : kept) {
                assertThat(forms.of(message)).isEqualTo(message.position().offset());
            }
        }
        assertThat(encoded).isEqualTo(5000);
    }

    @Test
    void whatHasNoPositionIsEncodedOnceForAllThatGetItAtOnce() {
        TopicMessage live = message("live.1", 0, 100);
        for (int i = 0; i < 10; i++) assertThat(forms.of(live)).isZero();
        assertThat(encoded).isEqualTo(1);
    }

    @Test
    void ofWhatIsLargeOnlyTheLatestOfATopicIsKept() {
        TopicMessage first = message("room.1", 1, EncodedOnce.MAX_BYTES + 1);
        TopicMessage second = message("room.1", 2, EncodedOnce.MAX_BYTES + 1);
        for (TopicMessage each : List.of(first, first, second, first)) {
            assertThat(forms.of(each)).isEqualTo(each.position().offset());
        }
        assertThat(encoded).isEqualTo(3);
    }

    @Test
    void anotherMessageAtTheSameOffsetIsAnother() {
        assertThat(forms.of(message("room.1", 7, 1))).isEqualTo(7);
        assertThat(forms.of(message("room.1", 7, 1))).isEqualTo(7);
        assertThat(forms.of(message("room.1", 7 + EncodedOnce.MOST_OF_LOGS, 1)))
                .isEqualTo(7 + EncodedOnce.MOST_OF_LOGS);
        assertThat(encoded).isEqualTo(3);
    }

    @Test
    void aFormOfNoLogIsNotHeldForWhoMightCome() {
        EncodedOnce<byte[]> large = new EncodedOnce<>(message -> new byte[1 << 20]);
        TopicMessage live = message("live.1", 0, 100);
        byte[] held = large.of(live);
        System.gc();
        assertThat(large.of(live)).isSameAs(held);
        TopicMessage other = message("live.2", 0, 100);
        WeakReference<byte[]> form = new WeakReference<>(large.of(other));
        await().until(() -> {
            System.gc();
            return form.get() == null;
        });
        assertThat(large.of(other)).hasSize(1 << 20);
    }
}
