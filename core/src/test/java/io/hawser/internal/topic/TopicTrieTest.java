package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TopicTrieTest {
    private final TopicTrie<String> trie = new TopicTrie<>();

    @Test
    void aValueUnderSeveralPatternsComesOncePerPattern() {
        trie.add(TopicPattern.of("a.b"), "x");
        trie.add(TopicPattern.of("a.*"), "x");
        trie.add(TopicPattern.of("a.>"), "x");
        trie.add(TopicPattern.of(">"), "x");
        trie.add(TopicPattern.of("*"), "y");
        assertThat(match("a.b")).containsExactly("x", "x", "x", "x");
        assertThat(match("a")).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void addingTwiceIsOnceAndRemovingWhatIsNotThereIsNothing() {
        TopicPattern pattern = TopicPattern.of("a.*");
        assertThat(trie.add(pattern, "x")).isTrue();
        assertThat(trie.add(pattern, "x")).isFalse();
        assertThat(trie.remove(TopicPattern.of("a.b"), "x")).isFalse();
        assertThat(trie.remove(pattern, "y")).isFalse();
        assertThat(trie.size()).isEqualTo(1);
        assertThat(trie.remove(pattern, "x")).isTrue();
        assertThat(trie.remove(pattern, "x")).isFalse();
        assertThat(trie.size()).isZero();
    }

    @Test
    void whatWasTakenOutLeavesNoNode() {
        trie.add(TopicPattern.of("a.b.c"), "x");
        trie.add(TopicPattern.of("a.b"), "y");
        trie.remove(TopicPattern.of("a.b.c"), "x");
        assertThat(trie.nodes()).isEqualTo(2);
        trie.remove(TopicPattern.of("a.b"), "y");
        assertThat(trie.nodes()).isZero();
    }

    @Test
    void itFindsWhatTheMatchOfEachPatternSays() {
        Random random = new Random(11);
        Map<String, Set<String>> byPattern = new java.util.HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            String pattern = text(random, true);
            String value = "v" + random.nextInt(5);
            Set<String> values = byPattern.computeIfAbsent(pattern, p -> new HashSet<>());
            if (random.nextInt(3) == 0) {
                assertThat(trie.remove(TopicPattern.of(pattern), value)).isEqualTo(values.remove(value));
            } else {
                assertThat(trie.add(TopicPattern.of(pattern), value)).isEqualTo(values.add(value));
            }
            Topic topic = Topic.of(text(random, false));
            List<String> expected = new ArrayList<>();
            byPattern.forEach((text, found) -> {
                if (TopicPattern.of(text).matches(topic)) expected.addAll(found);
            });
            assertThat(match(topic.name())).containsExactlyInAnyOrderElementsOf(expected);
        }
        byPattern.forEach((text, values) -> values.forEach(value -> trie.remove(TopicPattern.of(text), value)));
        assertThat(trie.size()).isZero();
        assertThat(trie.nodes()).isZero();
    }

    private static String text(Random random, boolean wild) {
        int segments = 1 + random.nextInt(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < segments; i++) {
            if (i > 0) text.append('.');
            int kind = random.nextInt(6);
            if (wild && kind == 0) text.append('*');
            else if (wild && kind == 1 && i == segments - 1) text.append('>');
            else if (kind == 2) text.append("$a");
            else text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    private List<String> match(String topic) {
        List<String> found = new ArrayList<>();
        trie.match(Topic.of(topic), found::add);
        return found;
    }
}
