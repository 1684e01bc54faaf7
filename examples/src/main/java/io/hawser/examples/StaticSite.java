package io.hawser.examples;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.ResponseCompression;
import io.hawser.http.SecurityHeaders;
import io.hawser.http.StaticFiles;
import io.hawser.http.StaticFilesConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.nio.file.Path;

/// Serves a folder, scripts and styles for an hour. Arguments: the folder (.), where to listen.
public final class StaticSite {
    private StaticSite() {}

    static HttpServer start(String endpoint, Path folder) throws IOException {
        StaticFilesConfig config = StaticFilesConfig.defaults()
                .withCacheControl("*.js", "max-age=3600")
                .withCacheControl("*.css", "max-age=3600");
        return HttpServer.start(
                ListenConfig.on(endpoint),
                HttpConfig.defaults(),
                StaticFiles.of(folder, config).with(SecurityHeaders.defaults(), ResponseCompression.defaults()));
    }

    public static void main(String... args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : ".");
        HttpServer server = start(args.length > 1 ? args[1] : "127.0.0.1:8080", folder);
        System.out.println(folder.toAbsolutePath() + " on " + server.endpoint());
        System.exit(server.run());
    }
}
