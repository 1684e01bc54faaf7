package io.hawser.testkit;

import io.hawser.cluster.Backplane;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.TopicRules;

final class LocalBackplaneTest implements BackplaneContract {
    @Override
    public Backplane start(TopicRules rules) {
        return LocalBackplane.start("node-1", rules);
    }
}
