package io.hawser.policy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Each in turn, beginning anywhere, so that many clients do not begin at the same.
final class RoundRobin implements Picker {
    private final AtomicInteger turn;

    RoundRobin(RandomGenerator random) {
        this.turn = new AtomicInteger(random.nextInt());
    }

    @Override
    public Node pick(Node[] nodes, Attempt attempt, long now) {
        return nodes[Integer.remainderUnsigned(turn.getAndIncrement(), nodes.length)];
    }
}
