package io.hawser.conformance.client;

import io.hawser.http.HttpClient;
import java.nio.file.Path;
import java.util.List;

/// A server, and how the client speaks to it.
///
/// @param certificate of the server, in a file
record Meeting(Server server, Way way, Path certificate) {
    /// A client of that server.
    HttpClient client() {
        return HttpClient.open(way.config(certificate).withBaseUrl(server.url(way)));
    }

    /// What [Transfers] is told.
    List<String> arguments() {
        return List.of(way.name(), server.url(way), server instanceof NginxServer ? "PUT" : "POST");
    }

    @Override
    public String toString() {
        return server + ", " + way;
    }
}
