package io.hawser.conformance.soak;

import io.hawser.client.HubClient;
import io.hawser.client.TopicEvent;
import io.hawser.client.TopicHandler;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Follows one topic for a while, goes, and comes back to where it was.
final class FollowAct implements Act {
    private static final int LONGEST_MILLIS = 30_000;

    private final String topic;
    private final Course course;
    private final Supplier<HubClient> connect;
    private final Counts counts;

    FollowAct(String topic, Course course, Supplier<HubClient> connect, Counts counts) {
        this.topic = topic;
        this.course = course;
        this.connect = connect;
        this.counts = counts;
    }

    private final class Hearing implements TopicHandler {
        private final Object turn = course.take();

        @Override
        public void message(TopicEvent event) {
            course.message(turn, event.position(), event.data().asText().orElse(""));
        }

        @Override
        public void resync(String of, ResyncReason reason, Position position) {
            course.told(turn, position);
        }
    }

    @Override
    public String name() {
        return "follow";
    }

    @Override
    public void once(SplittableRandom random) throws Exception {
        try (HubClient client = connect.get()) {
            counts.add("clients-opened");
            Hearing hearing = new Hearing();
            Position at = course.at();
            var _ = at.isNone() ? client.subscribe(topic, hearing) : client.subscribe(topic, at, hearing);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS));
        } finally {
            // What its connection has still in hand is read again.
            var _ = course.take();
        }
    }
}
