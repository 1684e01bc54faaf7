package io.hawser.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionState;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicShardTest {
    private static final int TOPICS = 10;

    private final SessionTopics topics = new SessionTopics(100, this::notice);
    private final List<String> got = new ArrayList<>();
    private final TopicMember session = (TopicMember) Proxy.newProxyInstance(
            TopicMember.class.getClassLoader(), new Class<?>[] {TopicMember.class}, this::called);
    private final Subscriber subscriber = new Subscriber(topics, session, null);
    private int room;
    private String failing = "";

    @Test
    void whatWasMissedIsToldThoughThereIsRoomForAFewNoticesAtATime() {
        for (int i = 0; i < TOPICS; i++) topics.join(session, TopicPattern.of("t" + i));
        for (int i = 0; i < TOPICS; i++) publish(i);

        for (int turn = 1; turn <= 3; turn++) {
            room = 3;
            publish(0);
        }
        assertThat(got).hasSize(9).doesNotHaveDuplicates().noneMatch(text -> text.startsWith("published"));
        room = 100;
        publish(1);

        List<String> told = got.subList(0, got.size() - 1);
        IntStream.range(1, TOPICS).forEach(i -> assertThat(told).containsOnlyOnce("missed 1 of t" + i));
        assertThat(told.stream()
                        .filter(text -> text.endsWith(" t0"))
                        .mapToInt(text -> Integer.parseInt(text.substring("missed ".length(), text.indexOf(" of"))))
                        .sum())
                .isEqualTo(4);
        assertThat(got).last().isEqualTo("published in t1");
    }

    @Test
    void aNoticeThatCannotBeMadeKeepsNoOtherBack() {
        failing = "t0";
        topics.join(session, TopicPattern.of("t0"));
        topics.join(session, TopicPattern.of("t1"));
        publish(0);
        publish(1);
        room = 100;
        publish(1);

        assertThat(got).containsExactly("missed 1 of t1", "published in t1");
    }

    private Optional<Message> notice(Session to, Topic topic, long missed) {
        if (topic.name().equals(failing)) throw new IllegalStateException("no notice");
        return Optional.of(Message.text("missed " + missed + " of " + topic.name()));
    }

    /// On the thread that publishes, and without a clock.
    private record HereAndNow() implements TopicLane {
        @Override
        public void run(Runnable action) {
            action.run();
        }

        @Override
        public void later(Runnable action, long millis) {}
    }

    private void publish(int topic) {
        topics.publish(Topic.of("t" + topic), Message.text("published in t" + topic));
    }

    private Offer take(Message message) {
        if (room == 0) return Offer.DROPPED;
        room--;
        got.add(message.text());
        return Offer.QUEUED;
    }

    private Object called(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "home" -> topics;
            case "lane" -> new HereAndNow();
            case "subscriber", "subscribing" -> subscriber;
            case "state" -> SessionState.OPEN;
            case "hasCaughtUp" -> room > 0;
            case "offer" -> take((Message) arguments[0]);
            case "offerShared" -> take(((SharedMessage) arguments[0]).message()) == Offer.QUEUED;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
            default -> Optional.empty();
        };
    }
}
