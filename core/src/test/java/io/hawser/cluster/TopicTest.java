package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "room.42", "$sys.load", "a.b.c.d", "größe.北京.😀", "x/y:z", "a-b_c"})
    void namesThatFollowTheRulesAreTopicsAndExactPatterns(String name) {
        Topic topic = Topic.of(name);
        assertThat(topic.name()).isEqualTo(name);
        assertThat(TopicPattern.of(topic).isExact()).isTrue();
        assertThat(TopicPattern.of(name).asTopic()).isEqualTo(topic);
        assertThat(TopicPattern.of(topic).matches(topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a\tb", "a\u0000", "a\u0085", "\ud83d", "a.\ude00b"})
    void namesThatBreakARuleAreNeitherTopicsNorPatterns(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of(name));
        assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.of(name));
    }

    @Test
    void theErrorSaysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> Topic.of("a..b")).hasMessage("topic 'a..b': an empty segment at character 2");
        assertThatThrownBy(() -> Topic.of("a.*"))
                .hasMessage("topic 'a.*': '*' at character 2, which only patterns have");
        assertThatThrownBy(() -> TopicPattern.of("a.>.b"))
                .hasMessage("pattern 'a.>.b': '>' is not the last segment at character 2");
    }

    @Test
    void anErrorDoesNotRepeatALongName() {
        assertThatThrownBy(() -> Topic.of("x".repeat(100_000)))
                .hasMessageContaining("more than 255 bytes")
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(150));
    }

    @Test
    void theLimitIsInBytesOfUtf8() {
        assertThat(Topic.of("x".repeat(255)).name()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of("x".repeat(256)));
        assertThat(Topic.of("ä".repeat(127) + "x").name()).hasSize(128);
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of("ä".repeat(128)));
        assertThat(Topic.of("京".repeat(85)).name()).hasSize(85);
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of("京".repeat(85) + "x"));
        assertThat(Topic.of("😀".repeat(63) + "xyz").name()).hasSize(129);
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of("😀".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "*a", "a.b*", ">.a", "a>", "a.>>", "**"})
    void aWildcardIsAWholeSegment(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TopicPattern.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", ">", "a.*", "a.>", "*.b"})
    void publishedTopicsHaveNoWildcards(String name) {
        assertThat(TopicPattern.of(name).isExact()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Topic.of(name));
    }

    @ParameterizedTest
    @CsvSource({
        "*, a, true",
        "*, a.b, false",
        "*, $a, false",
        ">, a, true",
        ">, a.b.c, true",
        ">, $a, false",
        ">, $a.b, false",
        "$a.>, $a.b, true",
        "$a.*, $a.$b, true",
        "a.*, a.b, true",
        "a.*, a, false",
        "a.*, a.b.c, false",
        "a.*, a.$b, true",
        "a.*.c, a.b.c, true",
        "a.*.c, a.b.d, false",
        "a.>, a, false",
        "a.>, a.b, true",
        "a.>, a.b.c, true",
        "a.>, ab.c, false",
        "*.*, a.b, true",
        "*.>, a, false",
        "a, ab, false",
        "ab, a, false",
        "a.b, a, false"
    })
    void aPatternMatchesBySegments(String pattern, String topic, boolean expected) {
        assertThat(TopicPattern.of(pattern).matches(Topic.of(topic))).isEqualTo(expected);
    }

    @Test
    void theTopicsOfDollarAreReserved() {
        assertThat(Topic.of("$sys").isReserved()).isTrue();
        assertThat(Topic.of("sys.$a").isReserved()).isFalse();
    }
}
