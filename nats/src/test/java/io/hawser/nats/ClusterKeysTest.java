package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClusterKeysTest {
    private static List<Bytes> keys(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Bytes.ofUtf8("%032d".formatted(i)))
                .toList();
    }

    @Test
    void theFirstNodeMakesAKeyAndTheOthersTakeIt() {
        List<Bytes> made = ClusterKeys.together(List.of(), List.of());
        assertThat(made).hasSize(1);
        assertThat(made.getFirst().size()).isEqualTo(ClusterKeys.BYTES);
        assertThat(ClusterKeys.together(List.of(), List.of())).isNotEqualTo(made);
        assertThat(ClusterKeys.together(made, List.of())).isEqualTo(made);
    }

    @Test
    void whatIsInTheBrokerComesFirstAndWhatIsMissingThereBehindIt() {
        assertThat(ClusterKeys.together(List.of(), keys(0, 2))).isEqualTo(keys(0, 2));
        assertThat(ClusterKeys.together(keys(0, 1), keys(1, 3))).isEqualTo(keys(0, 3));
        assertThat(ClusterKeys.together(keys(1, 3), keys(2, 4).reversed())).isEqualTo(keys(1, 4));
    }

    @Test
    void whicheverNodeIsFirstAllHaveTheSameKeysInTheEnd() {
        List<Bytes> broker = keys(0, 1);
        List<Bytes> one = keys(1, 2);
        List<Bytes> two = keys(2, 3);
        List<Bytes> oneFirst = ClusterKeys.together(ClusterKeys.together(broker, one), two);
        List<Bytes> twoFirst = ClusterKeys.together(ClusterKeys.together(broker, two), one);
        assertThat(oneFirst).startsWith(broker.getFirst()).containsExactlyInAnyOrderElementsOf(twoFirst);
        // What is in the broker has an order, which nobody changes.
        assertThat(ClusterKeys.together(oneFirst, twoFirst)).isEqualTo(oneFirst);
        assertThat(ClusterKeys.together(twoFirst, oneFirst)).isEqualTo(twoFirst);
    }

    @Test
    void theOldestGoesWhenThereAreTooManyAndIsNotPutBack() {
        List<Bytes> full = ClusterKeys.together(keys(0, 1), keys(1, ClusterKeys.MAX + 1));
        assertThat(full).isEqualTo(keys(0, ClusterKeys.MAX));
        assertThat(ClusterKeys.together(full, keys(1, ClusterKeys.MAX + 1))).isEqualTo(full);
    }

    @Test
    void whatIsNoneOrNotOfThatLengthIsNoKey() {
        Bytes entry = Bytes.concat(keys(0, 3).toArray(Bytes[]::new));
        assertThat(ClusterKeys.parse(entry.toArray())).isEqualTo(keys(0, 3));
        assertThat(ClusterKeys.parse(entry.slice(0, 33).toArray())).isEmpty();
        assertThat(ClusterKeys.parse(new byte[0])).isEmpty();
        assertThat(ClusterKeys.parse(null)).isEmpty();
    }
}
