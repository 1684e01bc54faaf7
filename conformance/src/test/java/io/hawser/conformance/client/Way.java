package io.hawser.conformance.client;

import io.hawser.Tls;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import java.nio.file.Path;

/// How a server is spoken to.
enum Way {
    HTTP_1_1(HttpVersion.HTTP_1_1, false),
    HTTP_2(HttpVersion.HTTP_2, false),
    HTTP_1_1_TLS(HttpVersion.HTTP_1_1, true),
    HTTP_2_TLS(HttpVersion.HTTP_2, true);

    private final HttpVersion version;
    private final boolean isSecure;

    Way(HttpVersion version, boolean isSecure) {
        this.version = version;
        this.isSecure = isSecure;
    }

    HttpVersion version() {
        return version;
    }

    boolean isSecure() {
        return isSecure;
    }

    boolean isHttp2() {
        return version == HttpVersion.HTTP_2;
    }

    /// A client that speaks so, trusts one certificate, and lets the server choose where it has the choice.
    HttpClientConfig config(Path certificate) {
        HttpClientConfig config =
                HttpClientConfig.defaults().withTls(Tls.client().withTrust(certificate));
        return this == HTTP_2_TLS ? config : config.withVersions(version);
    }

    @Override
    public String toString() {
        return version + (isSecure ? " over TLS" : "");
    }
}
