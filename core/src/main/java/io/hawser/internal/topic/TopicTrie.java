package io.hawser.internal.topic;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Values under topic patterns, found by topic: the time it takes depends on the segments of the topic and on
/// what matches, not on how many patterns there are.
///
/// Thread: safe from any. Looking up takes no lock; a pattern that is added or removed meanwhile may or may not
/// be seen.
///
/// Lock: this monitor is held to change the tree. A node is cut off only there, when nothing is below it, so
/// that whoever looks up on it meanwhile finds what is true: nothing.
public final class TopicTrie<V> {
    private static final class Node<V> {
        final ConcurrentHashMap<String, Node<V>> children = new ConcurrentHashMap<>(2);
        final Set<V> values = ConcurrentHashMap.newKeySet(2);

        boolean isEmpty() {
            return children.isEmpty() && values.isEmpty();
        }
    }

    private static final String ONE = "*";
    private static final String REST = ">";

    private final Node<V> root = new Node<>();
    private int size;

    public TopicTrie() {}

    /// Puts `value` under `pattern`.
    ///
    /// @return whether it was not there
    public synchronized boolean add(TopicPattern pattern, V value) {
        Node<V> node = root;
        String text = pattern.text();
        for (int start = 0; start <= text.length(); ) {
            int end = segmentEnd(text, start);
            node = node.children.computeIfAbsent(text.substring(start, end), segment -> new Node<>());
            start = end + 1;
        }
        boolean added = node.values.add(value);
        if (added) size++;
        return added;
    }

    /// Takes `value` from under `pattern`.
    ///
    /// @return whether it was there
    public synchronized boolean remove(TopicPattern pattern, V value) {
        boolean removed = remove(root, pattern.text(), 0, value);
        if (removed) size--;
        return removed;
    }

    private boolean remove(Node<V> node, String text, int start, V value) {
        if (start > text.length()) return node.values.remove(value);
        int end = segmentEnd(text, start);
        String segment = text.substring(start, end);
        Node<V> child = node.children.get(segment);
        if (child == null || !remove(child, text, end + 1, value)) return false;
        if (child.isEmpty()) node.children.remove(segment);
        return true;
    }

    /// Calls `action` for each value under each pattern that matches `topic`: for a value under several,
    /// several times.
    public void match(Topic topic, Consumer<? super V> action) {
        match(root, topic.name(), 0, !topic.isReserved(), action);
    }

    private void match(Node<V> node, String name, int start, boolean wild, Consumer<? super V> action) {
        if (start > name.length()) {
            node.values.forEach(action);
            return;
        }
        if (node.children.isEmpty()) return;
        int end = segmentEnd(name, start);
        if (wild) {
            Node<V> rest = node.children.get(REST);
            if (rest != null) rest.values.forEach(action);
            follow(node.children.get(ONE), name, end, action);
        }
        follow(node.children.get(name.substring(start, end)), name, end, action);
    }

    private void follow(@Nullable Node<V> child, String name, int end, Consumer<? super V> action) {
        if (child != null) match(child, name, end + 1, true, action);
    }

    /// Calls `action` for each value under each pattern.
    public void forEach(Consumer<? super V> action) {
        forEach(root, action);
    }

    private void forEach(Node<V> node, Consumer<? super V> action) {
        node.values.forEach(action);
        for (Node<V> child : node.children.values()) forEach(child, action);
    }

    /// How many values there are, one under several patterns counted for each.
    public synchronized int size() {
        return size;
    }

    /// How many nodes the tree has; 0 when nothing is in it.
    public synchronized int nodes() {
        return nodes(root) - 1;
    }

    private static int nodes(Node<?> node) {
        int nodes = 1;
        for (Node<?> child : node.children.values()) nodes += nodes(child);
        return nodes;
    }

    private static int segmentEnd(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? text.length() : dot;
    }
}
