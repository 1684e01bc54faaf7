package io.hawser.internal.worker;

import io.hawser.Bytes;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.cluster.NodeHandler;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Registration;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.topic.OneNode;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The workers of one supervisor as nodes, which ask each other through it.
///
/// Thread: safe from any.
final class ParentNodes implements Nodes {
    private static final int LONGEST_ANSWER_SECONDS = 5;

    private final Dialogue parent;
    private final OneNode self;
    private final Roll roll;

    ParentNodes(Dialogue parent, String name, Roll roll) {
        this.parent = parent;
        this.self = new OneNode(name);
        this.roll = roll;
    }

    @Override
    public String name() {
        return self.name();
    }

    @Override
    public Set<String> names() {
        return roll.nodes();
    }

    @Override
    public CompletableFuture<Bytes> ask(String node, Bytes request) {
        if (node.equals(name())) return self.ask(node, request);
        try {
            return parent.beginWithin(
                            Feed.ROOM_BYTES,
                            Container.of(BackplaneService.ASK)
                                    .with("node", node)
                                    .with("request", request))
                    .thenApply(answer -> answer.bytes("answer"))
                    .orTimeout(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(reason(failure, node)));
        } catch (Rejected e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable reason(Throwable failure, String node) {
        if (failure instanceof TimeoutException) {
            return new DeadlineExceeded("an answer of node " + node, Processed.MAYBE);
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    @Override
    public Registration answer(NodeHandler handler) {
        return self.answer(handler);
    }

    /// Another node asks.
    CompletableFuture<ContainerBuilder> asked(Container question) {
        return self.asked(question.string("from"), question.bytes("request"))
                .thenApply(answer -> Container.of("answer").with("answer", answer));
    }
}
