package io.hawser.internal.websocket;

import static io.hawser.internal.websocket.Wire.close;
import static io.hawser.internal.websocket.Wire.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.LimitExceeded;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.Message;
import io.hawser.session.Topics;
import io.hawser.websocket.WebSocketConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private final Topics topics =
            Topics.open((session, topic, missed) -> Optional.of(Message.text("gap " + topic + " " + missed)));
    private final Wire wire = Wire.silent(WebSocketConfig.defaults());

    private void join(Wire who, String... patterns) {
        for (String pattern : patterns) topics.join(who.link, TopicPattern.of(pattern));
    }

    private void publish(String topic, String text) {
        topics.publish(Topic.of(topic), Message.text(text));
    }

    private String heard(Wire who) {
        return String.join(" ", who.sent().stream().map(Wire.Frame::text).toList());
    }

    @Test
    void aTopicReachesThoseThatJoinedItAndNoOthers() {
        try (wire;
                Wire other = Wire.silent(WebSocketConfig.defaults())) {
            join(wire, "room.1");
            join(other, "room.2");
            publish("room.1", "a");
            publish("room.2", "b");
            publish("room.3", "c");
            assertThat(heard(wire)).isEqualTo("a");
            assertThat(heard(other)).isEqualTo("b");
        }
    }

    @Test
    void patternsMatchOneSegmentOrTheRest() {
        try (wire;
                Wire other = Wire.silent(WebSocketConfig.defaults())) {
            join(wire, "room.*.news");
            join(other, "room.>");
            publish("room.1.news", "a");
            publish("room.1.talk", "b");
            publish("room", "c");
            publish("room.1", "d");
            assertThat(heard(wire)).isEqualTo("a");
            assertThat(heard(other)).isEqualTo("a b d");
        }
    }

    @Test
    void whatSeveralPatternsMatchArrivesOnce() {
        try (wire) {
            join(wire, "room.1", "room.*", ">", "*.1");
            publish("room.1", "once");
            publish("room.2", "too");
            assertThat(heard(wire)).isEqualTo("once too");
        }
    }

    @Test
    void joiningTwiceIsOnceAndLeavingEndsIt() {
        try (wire) {
            assertThat(topics.join(wire.link, TopicPattern.of("t"))).isTrue();
            assertThat(topics.join(wire.link, TopicPattern.of("t"))).isFalse();
            publish("t", "a");
            assertThat(topics.joined(wire.link)).containsExactly(TopicPattern.of("t"));
            assertThat(topics.leave(wire.link, TopicPattern.of("t"))).isTrue();
            assertThat(topics.leave(wire.link, TopicPattern.of("t"))).isFalse();
            publish("t", "b");
            assertThat(heard(wire)).isEqualTo("a");
            assertThat(topics.joined(wire.link)).isEmpty();
        }
    }

    @Test
    void manyJoinAndLeaveInEverySequence() {
        Wire[] wires = new Wire[40];
        for (int i = 0; i < wires.length; i++) wires[i] = Wire.silent(WebSocketConfig.defaults());
        try {
            for (Wire each : wires) join(each, "t", "u.*");
            for (int i = 0; i < wires.length; i += 3) topics.leave(wires[i].link, TopicPattern.of("t"));
            for (int i = 1; i < wires.length; i += 3) wires[i].receive(close(1000, ""));
            for (int i = 1; i < wires.length; i += 3) wires[i].sent();
            publish("t", "t");
            publish("u.1", "u");
            for (int i = 0; i < wires.length; i++) {
                assertThat(heard(wires[i])).isEqualTo(i % 3 == 0 ? "u" : i % 3 == 1 ? "" : "t u");
            }
        } finally {
            for (Wire each : wires) each.close();
        }
    }

    @Test
    void aSessionThatEndedIsNotAMemberWhenItJoins() {
        try (wire) {
            wire.receive(close(1000, ""));
            join(wire, "t");
            publish("t", "a");
            assertThat(wire.sent()).hasSize(1);
        }
    }

    @Test
    void aSlowReaderIsPassedOverAndToldWhatItMissedAndNobodyElseNotices() {
        try (wire;
                Wire quick = Wire.silent(WebSocketConfig.defaults())) {
            join(wire, "t", "u");
            join(quick, "t", "u");
            wire.channel.refuse();
            String big = "x".repeat(100_000);
            for (int i = 0; i < 6; i++) {
                publish("t", big);
                wire.channel.runPendingTasks();
                quick.channel.runPendingTasks();
            }
            publish("u", "small");
            assertThat(quick.sent()).hasSize(7);
            assertThat(wire.link.stats().messagesDropped()).isEqualTo(4);
            wire.channel.takeAgain();
            publish("t", "again");
            assertThat(wire.sent())
                    .extracting(frame -> frame.payload().length > 1000 ? "big" : frame.text())
                    .containsExactly("big", "big", "big", "gap t 3", "gap u 1", "again");
        }
    }

    @Test
    void aSlowReaderIsToldAlsoWhenNothingMoreIsPublished() {
        try (wire) {
            join(wire, "t");
            wire.channel.refuse();
            for (int i = 0; i < 5; i++) publish("t", "x".repeat(100_000));
            wire.channel.runPendingTasks();
            wire.channel.takeAgain();
            wire.channel.passMillis(300);
            assertThat(wire.sentLast().text()).isEqualTo("gap t 2");
        }
    }

    @Test
    void aSessionJoinsNoMoreThanItMay() {
        Topics few = Topics.open((session, topic, missed) -> Optional.empty(), 2);
        try (wire) {
            few.join(wire.link, TopicPattern.of("a"));
            few.join(wire.link, TopicPattern.of("b"));
            assertThatThrownBy(() -> few.join(wire.link, TopicPattern.of("c"))).isInstanceOf(LimitExceeded.class);
            few.leave(wire.link, TopicPattern.of("a"));
            few.join(wire.link, TopicPattern.of("c"));
            few.publish(Topic.of("c"), Message.text("c"));
            few.publish(Topic.of("a"), Message.text("a"));
            assertThat(heard(wire)).isEqualTo("c");
        }
    }

    @Test
    void twoSetsOfTopicsDoNotMix() {
        Topics other = Topics.open();
        try (wire) {
            join(wire, "t");
            other.join(wire.link, TopicPattern.of("u"));
            other.publish(Topic.of("t"), Message.text("no"));
            other.publish(Topic.of("u"), Message.text("yes"));
            publish("t", "also");
            assertThat(heard(wire)).isEqualTo("yes also");
            wire.receive(frame(0x81, "x"), close(1000, ""));
        }
    }
}
