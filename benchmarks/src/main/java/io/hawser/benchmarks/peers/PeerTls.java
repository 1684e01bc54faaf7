package io.hawser.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The certificate that the harness made, in the forms in which servers want it.
public final class PeerTls {
    public static final String KEY_STORE = "server.p12";
    public static final String CERTIFICATE = "cert.pem";
    public static final String KEY = "key.pem";
    public static final String PASSWORD = "benchmark";

    private PeerTls() {}

    static KeyManagerFactory keys(Path folder) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(KEY_STORE))) {
            store.load(in, PASSWORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys;
    }

    static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys(folder).getKeyManagers(), null, null);
        return context;
    }
}
