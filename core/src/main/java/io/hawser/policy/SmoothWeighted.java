package io.hawser.policy;

/// Each as often as its weight says, interleaved: all gain their weight at each turn, and the richest pays
/// for all.
///
/// Lock: this monitor guards the credit of the nodes.
final class SmoothWeighted implements Picker {
    @Override
    public synchronized Node pick(Node[] nodes, Attempt attempt, long now) {
        long total = 0;
        Node richest = nodes[0];
        for (Node node : nodes) {
            node.credit += node.weight();
            total += node.weight();
            if (node.credit > richest.credit) richest = node;
        }
        richest.credit -= total;
        return richest;
    }
}
