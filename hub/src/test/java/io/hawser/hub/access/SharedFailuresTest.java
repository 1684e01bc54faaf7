package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.v1.Payload;
import io.hawser.internal.topic.OneNode;
import io.hawser.testkit.FakeTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedFailuresTest {
    private static final Endpoint GUESSER = Endpoint.parse("192.0.2.1:1000");

    private final LocalBackplane backplane =
            LocalBackplane.start("all", TopicRules.defaults().with("$hub.", TopicConfig.live()));
    private final FakeTime time = new FakeTime();
    private final FailureLimit one = node("one");
    private final FailureLimit two = node("two");

    @AfterEach
    void close() {
        backplane.close();
    }

    private FailureLimit node(String name) {
        Nodes self = new OneNode(name);
        Backplane named = (Backplane) Proxy.newProxyInstance(
                Backplane.class.getClassLoader(),
                new Class<?>[] {Backplane.class},
                (proxy, method, arguments) ->
                        method.getName().equals("nodes") ? self : method.invoke(backplane, arguments));
        FailureLimit failures = new FailureLimit(time);
        var _ = SharedFailures.begin(failures, named);
        return failures;
    }

    @Test
    void guessesOnSeveralNodesCountTogether() {
        for (int i = 0; i < 3; i++) guess(one);
        assertThat(two.pause(GUESSER)).isEmpty();
        guess(two);
        guess(two);
        assertThat(one.pause(GUESSER)).contains(Duration.ofSeconds(10));
        assertThat(two.pause(GUESSER)).contains(Duration.ofSeconds(10));
        assertThat(one.pause(Endpoint.parse("192.0.2.2:1000"))).isEmpty();
        time.advance(Duration.ofSeconds(10));
        assertThat(one.pause(GUESSER)).isEmpty();
    }

    private static void guess(FailureLimit limit) {
        assertThat(limit.isRight(GUESSER, () -> false)).isFalse();
    }

    @Test
    void whatTheyTellEachOtherHasTheShapeOfEveryMessage() {
        List<Bytes> told = new ArrayList<>();
        BackplaneListener listener = new BackplaneListener() {
            @Override
            public void message(TopicMessage message) {
                told.add(message.payload());
            }

            @Override
            public void interrupted() {}
        };
        try (var _ = backplane.listen(listener)) {
            guess(one);
        }
        assertThat(told).hasSize(1).allMatch(Payload::isSigned);
    }
}
