package io.hawser.http;

import io.hawser.Endpoint;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/// The connection that a request came on: one object for all of its requests.
///
/// @param remote who sent it: the far end of the connection, or what a trusted proxy says of it
/// @param local where it was received
/// @param scheme `http` or `https`
/// @param tls the TLS session, where there is one
public record Peer(Endpoint remote, Endpoint local, String scheme, HttpVersion version, Optional<SSLSession> tls) {
    private static final Endpoint NOWHERE = Endpoint.of("127.0.0.1", 0);
    private static final Peer NONE = new Peer(NOWHERE, NOWHERE, "http", HttpVersion.HTTP_1_1, Optional.empty());

    /// That of a request which no network brought: both ends are `127.0.0.1:0`.
    public static Peer none() {
        return NONE;
    }

    public Peer withRemote(Endpoint changed) {
        return new Peer(changed, local, scheme, version, tls);
    }

    public Peer withLocal(Endpoint changed) {
        return new Peer(remote, changed, scheme, version, tls);
    }

    public Peer withScheme(String changed) {
        return new Peer(remote, local, changed, version, tls);
    }

    public Peer withVersion(HttpVersion changed) {
        return new Peer(remote, local, scheme, changed, tls);
    }

    public Peer withTls(SSLSession changed) {
        return new Peer(remote, local, scheme, version, Optional.of(changed));
    }
}
