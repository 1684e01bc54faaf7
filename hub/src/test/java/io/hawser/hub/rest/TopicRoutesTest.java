package io.hawser.hub.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.TimeSource;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.http.Body;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.hub.dashboard.TopicCounts;
import io.hawser.hub.v1.MessageLimit;
import io.hawser.testkit.FakeTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One key, one message, on whatever node.
final class TopicRoutesTest {
    private static final MessageLimit LIMIT = new MessageLimit(1000);
    private static final TopicRules RULES = TopicRules.defaults().with("live.", TopicConfig.live());

    private final LocalBackplane backplane = LocalBackplane.start("n", RULES);
    private final TopicRoutes one = node();
    private final TopicRoutes two = node();

    @AfterEach
    void close() {
        backplane.close();
    }

    private TopicRoutes node() {
        return new TopicRoutes(backplane, new TopicCounts(), new IdempotencyKeys(new FakeTime()), new Bodies(LIMIT));
    }

    private static int publish(TopicRoutes at, String topic, String body) {
        return at.publish(Request.post("/topics/" + topic, Body.of(Bytes.ofUtf8(body)))
                        .withHeader("Idempotency-Key", "k")
                        .withPathParameter("topic", topic))
                .status();
    }

    @Test
    void aKeyThatCameToAnotherNodeWithAnotherBodyIsRefusedEachTime() {
        assertThat(publish(one, "room.1", "body")).isEqualTo(200);
        assertThat(publish(two, "room.1", "other")).isEqualTo(422);
        assertThat(publish(two, "room.1", "other")).isEqualTo(422);
        assertThat(publish(two, "room.1", "body")).isEqualTo(200);
        assertThat(publish(two, "room.1", "other")).isEqualTo(422);
        assertThat(publish(one, "room.1", "other")).isEqualTo(422);
    }

    @Test
    void whatIsTooLargeForItsSubscribersIsRefusedAndItsKeyIsFree() {
        String body = "x".repeat(LIMIT.maxBytes());
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> publish(one, "room.1", body))
                .satisfies(refused -> assertThat(refused.limit()).isEqualTo("message_size_limit"));
        assertThat(publish(one, "room.1", "shorter")).isEqualTo(200);
        assertThat(one.history(Request.get("/topics/room.1").withPathParameter("topic", "room.1"))
                        .body()
                        .text())
                .contains("\"o\":1,")
                .doesNotContain("xxx");
    }

    @Test
    void aTopicBehindAHundredThousandOthersIsListed() {
        MemoryLimits roomy = MemoryLimits.defaults().withTopics(200_000).withHistoryBytes(1 << 30);
        try (LocalBackplane many = LocalBackplane.start("n", RULES, roomy, TimeSource.system())) {
            for (int i = 0; i < 100_003; i++) {
                many.publish(Publication.of(Topic.of("t." + (1_000_000 + i)), Bytes.EMPTY))
                        .join();
            }
            TopicCounts counts = new TopicCounts();
            TopicRoutes routes = new TopicRoutes(many, counts, new IdempotencyKeys(new FakeTime()), new Bodies(LIMIT));
            Response last = routes.list(Request.get("/topics?after=t.1100000"));
            assertThat(last.body().text())
                    .contains("t.1100001", "t.1100002", "\"total\":100003", "\"node\":\"n\"")
                    .doesNotContain("t.1100000");
        }
    }

    @Test
    void aLiveTopicHasNoHistoryThatKnows() {
        assertThat(publish(one, "live.1", "body")).isEqualTo(200);
        assertThat(publish(one, "live.1", "other")).isEqualTo(422);
        assertThat(publish(two, "live.1", "other")).isEqualTo(200);
    }
}
