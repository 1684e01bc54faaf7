package io.hawser.policy;

import java.util.random.RandomGenerator;

/// The least loaded; among equals the first from a point drawn by lot.
record LeastRequests(RandomGenerator random) implements Picker {
    @Override
    public Node pick(Node[] nodes, Attempt attempt, long now) {
        int start = random.nextInt(nodes.length);
        Node least = nodes[start];
        for (int i = 1; i < nodes.length; i++) {
            Node node = nodes[(start + i) % nodes.length];
            if (node.loadWithOneMore() < least.loadWithOneMore()) least = node;
        }
        return least;
    }
}
