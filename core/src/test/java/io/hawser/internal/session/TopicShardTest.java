package io.hawser.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionState;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicShardTest {
    private static final int TOPICS = 10;

    private final SessionTopics topics = new SessionTopics(100, this::notice);
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final Member first = new Member();
    private final Member second = new Member();
    private String failing = "";
    private Runnable whenTold = () -> {};
    private boolean isOver;
    private int asked;

    private Optional<Message> notice(Session to, Topic topic, long missed) {
        if (topic.name().equals(failing)) throw new IllegalStateException("no notice");
        whenTold.run();
        return Optional.of(Message.text("missed " + missed + " of " + topic.name()));
    }

    @Test
    void whatWasMissedIsToldThoughThereIsRoomForAFewNoticesAtATime() {
        for (int i = 0; i < TOPICS; i++) first.join(i);
        for (int i = 0; i < TOPICS; i++) publish(i);

        for (int turn = 1; turn <= 3; turn++) {
            first.room = 3;
            publish(0);
        }
        assertThat(first.got).hasSize(9).doesNotHaveDuplicates().noneMatch(text -> text.startsWith("published"));
        first.room = 100;
        publish(1);

        List<String> told = first.got.subList(0, first.got.size() - 1);
        IntStream.range(1, TOPICS).forEach(i -> assertThat(told).containsOnlyOnce("missed 1 of t" + i));
        assertThat(told.stream()
                        .filter(text -> text.endsWith(" t0"))
                        .mapToInt(text -> Integer.parseInt(text.substring("missed ".length(), text.indexOf(" of"))))
                        .sum())
                .isEqualTo(4);
        assertThat(first.got).last().isEqualTo("published in t1");
    }

    @Test
    void whoGetsNothingMoreIsToldByTheClock() {
        first.join(0);
        first.join(1);
        publish(0);
        publish(1);
        first.room = 1;
        look();
        assertThat(first.got).containsExactly("missed 1 of t0");
        first.room = 1;
        look();
        assertThat(first.got).containsExactly("missed 1 of t0", "missed 1 of t1");
        assertThat(later).as("nobody is behind").isEmpty();
    }

    @Test
    void aNoticeThatCannotBeMadeKeepsNoOtherBack() {
        failing = "t0";
        first.join(0);
        first.join(1);
        publish(0);
        publish(1);
        first.room = 100;
        publish(1);
        assertThat(first.got).containsExactly("missed 1 of t1", "published in t1");
    }

    @Test
    void whoHasEndedIsToldNothingAndKeepsNobodyBack() {
        first.join(0);
        second.join(0);
        publish(0);
        first.subscriber.leaveAll();
        first.room = 100;
        second.room = 100;
        look();
        assertThat(first.got).isEmpty();
        assertThat(second.got).containsExactly("missed 1 of t0");
        assertThat(later).isEmpty();
    }

    @Test
    void anApplicationMayPublishWhileItMakesANotice() {
        first.join(0);
        first.join(5);
        second.join(0);
        second.join(5);
        publish(0);
        first.room = 100;
        second.room = 100;
        whenTold = () -> {
            whenTold = () -> {};
            publish(5);
        };
        look();
        publish(0);
        for (Member each : List.of(first, second)) {
            assertThat(each.got).containsOnlyOnce("missed 1 of t0").endsWith("published in t0");
            assertThat(each.got.stream().filter(text -> text.endsWith("t5"))).hasSize(1);
        }
        assertThat(later).isEmpty();
    }

    @Test
    void aHomeThatHasEndedIsPublishedToNoMore() {
        first.join(0);
        isOver = true;
        publish(0);
        asked = 0;
        publish(0);
        assertThat(asked).isZero();
    }

    private void publish(int topic) {
        topics.publish(Topic.of("t" + topic), Message.text("published in t" + topic));
    }

    private void look() {
        Runnable next = later.remove();
        next.run();
    }

    /// On the thread that publishes, and with a clock that is moved by hand.
    private final class HereAndNow implements TopicLane {
        @Override
        public boolean run(Runnable action) {
            asked++;
            if (!isOver) action.run();
            return !isOver;
        }

        @Override
        public void later(Runnable action, long millis) {
            later.add(action);
        }
    }

    /// A session with room for so many messages.
    private final class Member {
        private final List<String> got = new ArrayList<>();
        private final TopicMember session = (TopicMember) Proxy.newProxyInstance(
                TopicMember.class.getClassLoader(), new Class<?>[] {TopicMember.class}, this::called);
        private final Subscriber subscriber = new Subscriber(topics, session, null);
        private int room;

        void join(int topic) {
            topics.join(session, TopicPattern.of("t" + topic));
        }

        private boolean take(Message message) {
            if (room == 0) return false;
            room--;
            got.add(message.text());
            return true;
        }

        private Object called(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "home" -> topics;
                case "lane" -> new HereAndNow();
                case "subscriber", "subscribing" -> subscriber;
                case "state" -> SessionState.OPEN;
                case "hasCaughtUp" -> room > 0;
                case "offerNotice" -> take((Message) arguments[0]);
                case "offerShared" -> take((SharedMessage) arguments[0]);
                case "toString" -> "member";
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                default -> Optional.empty();
            };
        }
    }
}
