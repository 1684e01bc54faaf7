package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListenersTest {
    private static final BackplaneListener FAILING = new BackplaneListener() {
        @Override
        public void message(TopicMessage message) {
            throw new AssertionError("a fault of the listener");
        }

        @Override
        public void interrupted() {
            throw new AssertionError("a fault of the listener");
        }
    };

    private final List<String> heard = new ArrayList<>();
    private final Listeners listeners = new Listeners();
    private final BackplaneListener hearing = new BackplaneListener() {
        @Override
        public void message(TopicMessage message) {
            heard.add(message.payload().toUtf8());
        }

        @Override
        public void interrupted() {
            heard.add("interrupted");
        }
    };

    @Test
    void anErrorOfOneHarmsNoOtherAndNoLaterMessage() {
        listeners.add(FAILING);
        listeners.add(hearing);
        Lane lane = new Lane(listeners::message);
        for (String text : List.of("1", "2")) {
            TopicMessage message = new TopicMessage(Topic.of("a"), Position.NONE, Bytes.ofUtf8(text), Instant.EPOCH);
            lane.publish(() -> new Lane.Made<>("", message));
        }
        listeners.interrupted();
        assertThat(heard).containsExactly("1", "2", "interrupted");
    }
}
