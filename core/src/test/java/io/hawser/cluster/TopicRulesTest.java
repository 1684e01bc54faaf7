package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TopicRulesTest {
    @Test
    void theLongestPrefixCounts() {
        TopicConfig deep = TopicConfig.log().withSize(3);
        TopicRules rules = TopicRules.defaults()
                .with("live.", TopicConfig.live())
                .with("live.kept.", deep)
                .with("live.zzz", TopicConfig.log().withSize(4));
        assertThat(rules.of(Topic.of("live.a"))).isEqualTo(TopicConfig.live());
        assertThat(rules.of(Topic.of("live.kept.a"))).isEqualTo(deep);
        assertThat(rules.of(Topic.of("live.zz"))).isEqualTo(TopicConfig.live());
        assertThat(rules.of(Topic.of("liv"))).isEqualTo(TopicConfig.log());
        assertThat(rules.of(Topic.of("other"))).isEqualTo(TopicConfig.log());
    }

    @Test
    void theLongestPrefixCountsAmongAnyOthers() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            TopicRules rules = TopicRules.defaults();
            Map<String, TopicConfig> byHand = new HashMap<>();
            for (int i = 0; i < 12; i++) {
                TopicConfig config = TopicConfig.log().withSize(i + 1);
                String prefix = name(random);
                rules = rules.with(prefix, config);
                byHand.put(prefix, config);
            }
            for (int i = 0; i < 20; i++) {
                String name = name(random);
                TopicConfig expected = TopicConfig.log();
                for (int length = 1; length <= name.length(); length++) {
                    expected = byHand.getOrDefault(name.substring(0, length), expected);
                }
                assertThat(rules.of(Topic.of(name))).as("%s in %s", name, rules).isEqualTo(expected);
            }
        }
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(5);
        for (int i = 0; i < length; i++) name.append((char) ('a' + random.nextInt(2)));
        return name.toString();
    }

    @Test
    void configurationsOutsideTheirLimitsAreRefused() {
        TopicConfig log = TopicConfig.log();
        assertThatIllegalArgumentException().isThrownBy(() -> log.withSize(0)).withMessageContaining("size 0");
        assertThatIllegalArgumentException().isThrownBy(() -> log.withAge(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> log.withAge(Duration.ofHours(25)));
        assertThatIllegalArgumentException().isThrownBy(() -> log.withBytes(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicRules.defaults().with("", log));
    }
}
