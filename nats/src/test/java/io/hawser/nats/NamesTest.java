package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    private final Names names = new Names("hawser");

    @Test
    void aTopicComesBackFromItsSubject() {
        for (String name : List.of("a", "a.b-c_D9", "$JS.API", "ä.ö", "😀", "a=b", "a/b:c", "x".repeat(255))) {
            Topic topic = Topic.of(name);
            assertThat(names.topic(names.log(topic))).contains(topic);
            assertThat(names.topic(names.live(topic))).contains(topic);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "=", "=4", "=ZZ", "=+F", "=c3=a4", "=41", "=C3", "ä", "\u0141", "a..b", ".a", "a.", "=20", "a=2Eb"
            })
    void aSubjectThatIsThatOfNoTopicGivesNone(String rest) {
        assertThat(names.topic("hawser.log." + rest)).isEmpty();
        assertThat(names.topic("hawser.live." + rest)).isEmpty();
    }

    @Test
    void aSubjectOfMoreThanATopicIsLongGivesNone() {
        assertThat(names.topic("hawser.log." + "x".repeat(256))).isEmpty();
    }

    @Test
    void noTopicReachesAnothersSubjectOrAWildcard() {
        Set<String> subjects = new HashSet<>();
        for (int c = 0x21; c < 0x300; c++) {
            if (c == '.' || c == '*' || c == '>' || Character.isISOControl(c)) continue;
            String subject = names.log(Topic.of("a." + (char) c + ".b"));
            assertThat(subject).matches("hawser\\.log\\.a\\.[A-Za-z0-9_=-]+\\.b");
            assertThat(subjects.add(subject)).isTrue();
        }
        assertThat(names.log(Topic.of("=41"))).isNotEqualTo(names.log(Topic.of("A")));
    }

    @Test
    void aTokenIsOneToken() {
        assertThat(Names.part("a.b c")).isEqualTo("a=2Eb=20c");
        assertThat(Names.text("a=2Eb=20c")).contains("a.b c");
        for (String none : List.of("a.b", "=", "=4", "=zz", "=41", "=FF")) {
            assertThat(Names.text(none)).as(none).isEmpty();
        }
    }

    @Test
    void messageIdsKeepTopicPrincipalAndMidApart() {
        Set<String> ids = new HashSet<>();
        for (String topic : List.of("a", "aa")) {
            for (String principal : List.of("", "a", "aa")) {
                for (String mid : List.of("a", "aa", "aaa")) {
                    Publication publication =
                            Publication.of(Topic.of(topic), Bytes.EMPTY).withMid(principal, mid);
                    assertThat(ids.add(MessageIds.of(publication))).isTrue();
                }
            }
        }
    }
}
