package io.hawser.hub.worker;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.Tls;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Protocols;
import io.hawser.io.IoConfig;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.Field;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the supervisor says of a worker's configuration; the rest it reads as the supervisor did.
///
/// @param listen the endpoint of the socket that it is handed
/// @param workers among whom limits on connections are divided; rounded up
/// @param threads event loops
/// @param key of all workers
/// @param certificate a folder with the certificate that was made at the start, for all workers the same
record WorkerSettings(Endpoint listen, String node, int workers, int threads, Bytes key, Optional<Path> certificate) {
    static final String CERTIFICATE = "cert.pem";
    static final String KEY = "key.pem";

    ContainerBuilder said() {
        ContainerBuilder said = Container.of("settings")
                .with("listen", listen.toString())
                .with("node", node)
                .with("workers", workers)
                .with("threads", threads)
                .with("key", key);
        certificate.ifPresent(folder -> said.with("certificate", folder.toString()));
        return said;
    }

    static WorkerSettings read(Container said) {
        return new WorkerSettings(
                Endpoint.parse(said.string("listen")),
                said.string("node"),
                said.int32("workers"),
                said.int32("threads"),
                said.bytes("key"),
                said.optional("certificate", Field::string).map(Path::of));
    }

    HubConfig applied(HubConfig config) {
        IoConfig io = config.io().withThreads(threads);
        Protocols protocols = config.protocols();
        HubConfig changed = config.withListen(share(config.listen()).withEndpoint(listen))
                .withProtocols(protocols.withMaxWebSockets(Math.ceilDiv(protocols.maxWebSockets(), workers)))
                .withNode(node)
                .withIo(io);
        return certificate
                .map(folder -> changed.withListen(
                        changed.listen().withTls(Tls.server(folder.resolve(CERTIFICATE), folder.resolve(KEY)))))
                .orElse(changed);
    }

    private ListenConfig share(ListenConfig all) {
        Protection protection = all.protection();
        ListenConfig own = all.withMaxConnections(Math.ceilDiv(all.maxConnections(), workers))
                .withProtection(
                        protection.withPerAddress(protection.perAddress().sharedBy(workers)));
        for (Map.Entry<String, Integer> protocol : all.protocolLimits().entrySet()) {
            own = own.withMaxConnections(protocol.getKey(), Math.ceilDiv(protocol.getValue(), workers));
        }
        return own;
    }
}
