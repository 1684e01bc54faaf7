package io.hawser.policy;

import java.util.random.RandomGenerator;

/// The cheaper of two drawn by lot. One that has not answered yet is compared by its calls under way alone.
record PowerOfTwo(RandomGenerator random) implements Picker {
    @Override
    public Node pick(Node[] nodes, Attempt attempt, long now) {
        if (nodes.length == 1) return nodes[0];
        int first = random.nextInt(nodes.length);
        int second = random.nextInt(nodes.length - 1);
        if (second >= first) second++;
        return cheaper(nodes[first], nodes[second], now);
    }

    private static Node cheaper(Node one, Node other, long now) {
        double costOne = one.latency().nanos(now);
        double costOther = other.latency().nanos(now);
        if (costOne <= 0 || costOther <= 0) {
            costOne = 1;
            costOther = 1;
        }
        return costOne * one.loadWithOneMore() <= costOther * other.loadWithOneMore() ? one : other;
    }
}
