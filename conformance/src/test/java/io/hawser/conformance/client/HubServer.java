package io.hawser.conformance.client;

import io.hawser.http.HttpConfig;
import io.hawser.http.StaticFilesConfig;
import io.hawser.hub.FileSite;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Protocols;
import io.hawser.tcp.ListenConfig;
import java.nio.file.Path;

/// The hub, on one port.
record HubServer(Hub hub) implements Server {
    /// Starts one that has `files` of `folder`.
    static Server start(Path folder) {
        HttpConfig http = HttpConfig.defaults().withMaxBodyBytes(MOST_BYTES);
        ListenConfig listen =
                ListenConfig.on("127.0.0.1:0").withTls(Identity.tls(folder)).withPlainAllowed();
        return new HubServer(Hub.start(HubConfig.on(listen)
                .withProtocols(Protocols.defaults().withHttp(http))
                .withFiles(new FileSite("/files", folder.resolve("files"), StaticFilesConfig.defaults()))));
    }

    @Override
    public String name() {
        return "the hub";
    }

    @Override
    public String url(Way way) {
        return (way.isSecure() ? "https://" : "http://") + hub.endpoint();
    }

    @Override
    public void close() {
        hub.close();
    }

    @Override
    public String toString() {
        return name();
    }
}
