package io.hawser.internal.topic;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.NodeHandler;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Registration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cluster of one.
///
/// Thread: safe from any.
public final class OneNode implements Nodes {
    private static final Logger LOG = LoggerFactory.getLogger(OneNode.class);

    private final String name;
    private final AtomicReference<@Nullable NodeHandler> handler = new AtomicReference<>();

    public OneNode(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> names() {
        return Set.of(name);
    }

    @Override
    public CompletableFuture<Bytes> ask(String node, Bytes request) {
        if (!node.equals(name)) return CompletableFuture.failedFuture(new Rejected("no node " + node, null));
        return asked(name, request);
    }

    /// What this node answers to `from`.
    public CompletableFuture<Bytes> asked(String from, Bytes request) {
        NodeHandler answers = handler.get();
        if (answers == null) return CompletableFuture.failedFuture(new Rejected(name + " answers nothing", null));
        try {
            return answers.answer(from, request);
        } catch (RuntimeException failure) {
            LOG.error("a question of node {} failed", from, failure);
            return CompletableFuture.failedFuture(new Rejected(String.valueOf(failure.getMessage()), null));
        }
    }

    @Override
    public Registration answer(NodeHandler answers) {
        if (!handler.compareAndSet(null, answers)) throw new IllegalStateException("another handler answers");
        return () -> handler.compareAndSet(answers, null);
    }
}
