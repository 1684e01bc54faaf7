package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerLimits;
import io.hawser.testing.FakeTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Names that a peer chooses so that all have the same hash code. In time that grows with their square, none
/// of these would end before its limit.
@Timeout(60)
final class HashCollisionTest {
    private static final int BITS = 17;

    /// `2^bits` texts of one length and hash code: `Aa` and `BB` have the same.
    private static List<String> names(int bits) {
        return IntStream.range(0, 1 << bits)
                .mapToObj(number -> IntStream.range(0, bits)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .toList();
    }

    @Test
    void theNamesDoCollide() {
        assertThat(names(8))
                .doesNotHaveDuplicates()
                .extracting(String::hashCode)
                .containsOnly(names(8).getFirst().hashCode());
    }

    @Test
    void publicationsUnderManySuchMidsAreRemembered() {
        Mids mids = new Mids(1 << BITS, new FakeTime());
        Published at = Published.at(new Position("e", 1, "g"));
        for (String name : names(BITS)) {
            Publication publication = Publication.of(Topic.of("a"), Bytes.EMPTY).withMid("ann", name);
            assertThat(mids.find(publication)).isEmpty();
            mids.add(publication, at);
            assertThat(mids.find(publication)).isPresent();
        }
        assertThat(mids.size()).isEqualTo(1 << BITS);
    }

    @Test
    void aMidIsThatOfOnePrincipalAndOneTopic() {
        Mids mids = new Mids(10, new FakeTime());
        Publication first = Publication.of(Topic.of("Aa"), Bytes.EMPTY).withMid("Aa", "Aa");
        mids.add(first, Published.at(new Position("e", 1, "g")));
        assertThat(mids.find(first)).isPresent();
        assertThat(mids.find(first.withMid("BB", "Aa"))).isEmpty();
        assertThat(mids.find(first.withMid("Aa", "BB"))).isEmpty();
        assertThat(mids.find(Publication.of(Topic.of("BB"), Bytes.EMPTY).withMid("Aa", "Aa")))
                .isEmpty();
    }

    @Test
    void topicsAndPatternsOfSuchNamesAreKept() {
        Map<Topic, Integer> topics = new HashMap<>();
        Map<TopicPattern, Integer> patterns = new HashMap<>();
        for (String name : names(BITS)) {
            topics.merge(Topic.of(name), 1, Integer::sum);
            patterns.merge(TopicPattern.of(name + ".*"), 1, Integer::sum);
        }
        assertThat(topics).hasSize(1 << BITS);
        assertThat(patterns).hasSize(1 << BITS);
    }

    @Test
    void aContainerOfSuchNamesIsRead() {
        List<String> names = names(13);
        String fields = names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.joining(","));
        String json = "{\"type\":\"t\",\"values\":{" + fields + "}}";
        for (int i = 0; i < 20; i++) {
            Container read = Container.fromJson(json, ContainerLimits.defaults());
            assertThat(read.values()).hasSize(names.size());
        }
    }
}
