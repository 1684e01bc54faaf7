package io.hawser.conformance.client;

import io.hawser.Tls;
import io.hawser.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The certificate and the key that all servers show, in files.
final class Identity {
    private Identity() {}

    /// Makes both.
    static void make(Path folder) throws IOException {
        TlsIdentity.InMemory own = Tls.selfSigned().identity().orElseThrow().load();
        Files.writeString(certificate(folder), own.certificatePem());
        Files.writeString(key(folder), own.keyPem());
    }

    static Path certificate(Path folder) {
        return folder.resolve("certificate.pem");
    }

    static Path key(Path folder) {
        return folder.resolve("key.pem");
    }

    static Tls tls(Path folder) {
        return Tls.server(certificate(folder), key(folder));
    }
}
