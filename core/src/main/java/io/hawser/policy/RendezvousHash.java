package io.hawser.policy;

import java.util.random.RandomGenerator;

/// The highest score of key and endpoint wins, so a key moves only if its winner goes or a higher score
/// comes.
///
/// Bounded: no one gets more than 1.25 times its share of the calls under way; then the next score wins. A
/// call without a key goes anywhere. Costs a few nanoseconds for each endpoint.
///
/// Source: Thaler and Ravishankar 1998 (highest random weight), Mirrokni and others 2016 (bounded loads)
record RendezvousHash(RandomGenerator random) implements Picker {
    private static final double MOST = 1.25;

    @Override
    public Node pick(Node[] nodes, Attempt attempt, long now) {
        String key = attempt.traits().key();
        long hash = key.isEmpty() ? random.nextLong() : Hashes.of(key);
        double bound = bound(nodes);
        double last = Double.POSITIVE_INFINITY;
        Node first = nodes[0];
        for (int rank = 0; rank < nodes.length; rank++) {
            Node best = nodes[0];
            double bestScore = Double.NEGATIVE_INFINITY;
            for (Node node : nodes) {
                double score = score(node, hash);
                if (score < last && score > bestScore) {
                    best = node;
                    bestScore = score;
                }
            }
            if (best.loadWithOneMore() <= bound) return best;
            if (rank == 0) first = best;
            last = bestScore;
        }
        return first;
    }

    /// The most load that one may have, this call included.
    private static double bound(Node[] nodes) {
        long calls = 1;
        long weights = 0;
        for (Node node : nodes) {
            calls += node.concurrent();
            weights += node.weight();
        }
        return Math.max(1, Math.ceil(MOST * calls / weights));
    }

    /// Weight over the negative logarithm of an even draw: wins in proportion to the weight.
    private static double score(Node node, long hash) {
        long mixed = Hashes.mix(hash ^ node.hash());
        double draw = ((mixed >>> 11) + 0.5) * 0x1.0p-53;
        return node.weight() / -Math.log(draw);
    }
}
