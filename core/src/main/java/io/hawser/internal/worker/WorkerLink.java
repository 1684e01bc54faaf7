package io.hawser.internal.worker;

import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.process.Conversing;
import io.hawser.internal.process.Dialogue;
import io.hawser.internal.process.DialogueClient;
import io.hawser.internal.process.Folders;
import io.hawser.internal.process.Lifeline;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker's end: what it asks and tells its [Supervisor].
///
/// Thread: safe from any.
public final class WorkerLink implements Conversing, AutoCloseable {
    static final String HELLO = "hello";
    static final String READY = "ready";
    static final String RELOAD = "reload";
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLink.class);
    private static final String SOCKET = "parent.sock";
    private static final long REPORT_MILLIS = 500;

    private final Path folder;
    private final DialogueClient client;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile @Nullable ParentBackplane backplane;
    private volatile Map<String, Long> sums = Map.of();
    private volatile Runnable reload = () -> {};
    private @Nullable Thread reporting;

    private WorkerLink(Path folder, int number) {
        this.folder = folder;
        this.client = DialogueClient.open(
                Endpoint.unix(folder.resolve(SOCKET)), "worker-" + number, this, BackplaneService.MAX_MESSAGE_BYTES);
    }

    /// Connects to the supervisor.
    ///
    /// @param folder the supervisor's
    /// @throws io.hawser.ConnectFailed if it is not there
    public static WorkerLink open(Path folder, int number) {
        return new WorkerLink(folder, number);
    }

    /// What the supervisor has planned for this worker.
    public Container hello(int number) {
        return client.dialogue().ask(Container.of(HELLO).with("number", number));
    }

    /// The topics of all workers, which the supervisor keeps. Once.
    public ParentBackplane backplane(String node, TopicRules rules) {
        ParentBackplane opened = new ParentBackplane(client.dialogue(), node, rules);
        backplane = opened;
        opened.begin();
        return opened;
    }

    /// Runs `action` once when the supervisor has gone, however that comes, and removes what it left behind. Takes
    /// standard input over.
    public void onParentGone(Runnable action) {
        Lifeline.onCut(() -> {
            Folders.remove(folder);
            gone.complete(null);
        });
        var _ = client.ended().thenRun(() -> gone.complete(null));
        var _ = gone.thenRun(action);
    }

    /// Runs `action`, on a thread of its own, whenever the supervisor says that the configuration has changed.
    public void onReload(Runnable action) {
        reload = action;
    }

    /// This worker accepts connections.
    ///
    /// @param about by names, what the supervisor may tell others of it
    public void ready(ContainerBuilder about) {
        var _ = client.dialogue().ask(about.type(READY));
    }

    /// Reports figures twice a second from now on, until it is closed; those of all workers come back.
    public synchronized void report(Supplier<Map<String, Long>> figures) {
        reporting = Thread.ofVirtual().name("hawser-figures").start(() -> keepReporting(figures));
    }

    private void keepReporting(Supplier<Map<String, Long>> figures) {
        try {
            while (client.dialogue().isOpen()) {
                try {
                    sums = Figures.read(client.dialogue().ask(Figures.write(figures.get())));
                } catch (HawserException e) {
                    LOG.debug("the supervisor takes no figures: {}", e.toString());
                }
                Thread.sleep(REPORT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The figures of all workers, added up, half a second old; empty before they came for the first time.
    public Map<String, Long> sums() {
        return sums;
    }

    @Override
    public CompletableFuture<ContainerBuilder> answer(Dialogue with, Container question) {
        if (question.type().equals(RELOAD)) {
            Thread.ofVirtual().name("hawser-reload").start(reload);
            return CompletableFuture.completedFuture(Container.of("done"));
        }
        ParentBackplane topics = backplane;
        return Optional.ofNullable(topics)
                .flatMap(known -> known.answer(question))
                .orElseThrow(() -> new IllegalArgumentException("no question " + question.type()));
    }

    @Override
    public void close() {
        Thread reporter;
        synchronized (this) {
            reporter = reporting;
        }
        if (reporter != null) reporter.interrupt();
        client.close();
    }
}
