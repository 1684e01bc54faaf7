package io.hawser.hub.worker;

import io.hawser.DrainReport;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Reload;
import io.hawser.hub.Shared;
import io.hawser.internal.process.SocketHandover;
import io.hawser.internal.tcp.HandedSockets;
import io.hawser.internal.worker.WorkerLink;
import io.hawser.messaging.Container;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// One of the processes of a [HubSupervisor].
///
/// Thread: safe from any.
public final class HubWorker implements AutoCloseable {
    private final WorkerLink link;
    private final WorkerSettings settings;
    private final Hub hub;

    private HubWorker(WorkerLink link, WorkerSettings settings, Hub hub) {
        this.link = link;
        this.settings = settings;
        this.hub = hub;
    }

    /// Asks the supervisor for its socket and the rest, and serves.
    ///
    /// @param config as the supervisor read it
    /// @param of the worker's number and the supervisor's folder: `3@/tmp/hawser-1`
    /// @throws io.hawser.StartupFailed as for any hub
    public static HubWorker start(HubConfig config, String of) {
        int at = of.indexOf('@');
        int number = Integer.parseInt(of.substring(0, at));
        Path folder = Path.of(of.substring(at + 1));
        WorkerLink link = WorkerLink.open(folder, number);
        try {
            WorkerSettings settings = WorkerSettings.read(link.hello(number));
            HubConfig own = settings.applied(config);
            HandedSockets.put(settings.listen(), SocketHandover.receive(folder));
            return new HubWorker(link, settings, serve(own, settings, link));
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static Hub serve(HubConfig own, WorkerSettings settings, WorkerLink link) {
        if (own.cluster().nats().isPresent()) return Hub.start(own);
        Shared shared = new Shared(link.backplane(own.node(), Hub.rules(own)), settings.key(), link::sums);
        return Hub.start(own, shared);
    }

    public Hub hub() {
        return hub;
    }

    /// Tells the supervisor that it accepts, and from now on what its figures are.
    ///
    /// @param gone run when the supervisor is no more
    /// @param reload run when the supervisor says that the configuration has changed
    public void ready(Runnable gone, Runnable reload) {
        link.onReload(reload);
        link.onParentGone(gone);
        link.report(hub::figures);
        link.ready(Container.of("ready")
                .with("protocols", String.join(" ", hub.protocols()))
                .with("transport", hub.transport().name().toLowerCase(Locale.ROOT)));
    }

    /// As [Hub#reload(HubConfig)], for what the supervisor reads.
    public Reload reload(HubConfig changed) {
        return hub.reload(settings.applied(changed));
    }

    /// As [Hub#drain(Duration)].
    public DrainReport drain(Duration grace) {
        return hub.drain(grace);
    }

    @Override
    public void close() {
        hub.close();
        link.close();
    }
}
