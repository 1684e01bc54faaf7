package io.hawser.hub.v1;

import io.hawser.HawserException;
import io.hawser.cluster.Position;
import io.hawser.cluster.SubscribeAnswer;

/// Who subscribes and does not look at the answer.
final class NoAnswer implements SubscribeAnswer {
    @Override
    public void subscribed(Position head, boolean isRecovered, int missed) {}

    @Override
    public void failed(HawserException reason) {
        throw new AssertionError(reason);
    }
}
