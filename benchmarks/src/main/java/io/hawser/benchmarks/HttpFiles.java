package io.hawser.benchmarks;

import io.hawser.benchmarks.peers.PeerTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.SplittableRandom;

/// What the HTTP servers serve: static files, a certificate, and the configuration of the hub. Made once,
/// under target.
record HttpFiles(Path folder) {
    static final String MIB = "1MiB.bin";
    static final String GIB = "1GiB.bin";
    /// How topics begin whose history the hub does not keep.
    static final String LIVE = "live.";

    private static final long SEED = 20;
    private static final int MIB_BYTES = 1 << 20;
    private static final String ALIAS = "server";

    static HttpFiles of(Workbench bench) throws IOException, InterruptedException {
        var files = new HttpFiles(bench.home().resolve("benchmarks/target/http"));
        Files.createDirectories(files.content());
        files.writeContent();
        files.writeCertificate();
        Files.writeString(
                files.hubConfig(),
                "hub { files = [ { path = \"/files\", root = \""
                        + files.content().toAbsolutePath() + "\" } ] }\n");
        Files.writeString(files.topicConfig(), "hub { topics { \"" + LIVE + "\" { class = live } } }\n");
        return files;
    }

    Path topicConfig() {
        return folder.resolve("hub-topics.conf");
    }

    /// The folder below `/files/`.
    Path content() {
        return folder.resolve("files");
    }

    /// The folder of certificate and key.
    Path tls() {
        return folder;
    }

    Path hubConfig() {
        return folder.resolve("hub.conf");
    }

    /// Written when it is first needed: not every row wants a GiB on the disk.
    void writeGib() throws IOException {
        write(content().resolve(GIB), 1 << 10);
    }

    private void writeContent() throws IOException {
        write(content().resolve(MIB), 1);
    }

    private static void write(Path file, int mebibytes) throws IOException {
        if (Files.exists(file) && Files.size(file) == (long) mebibytes * MIB_BYTES) return;
        var mebibyte = new byte[MIB_BYTES];
        new SplittableRandom(SEED).nextBytes(mebibyte);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) out.write(mebibyte);
        }
    }

    private void writeCertificate() throws IOException, InterruptedException {
        var store = folder.resolve(PeerTls.KEY_STORE);
        if (Files.exists(folder.resolve(PeerTls.KEY))) return;
        Files.deleteIfExists(store);
        var _ = Workbench.run(
                Workbench.jdkTool("keytool"),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PeerTls.PASSWORD);
        try {
            writePem(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store that keytool made cannot be read", e);
        }
    }

    private void writePem(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        var password = PeerTls.PASSWORD.toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        var certificate = store.getCertificate(ALIAS).getEncoded();
        var key = store.getKey(ALIAS, password).getEncoded();
        Files.writeString(folder.resolve(PeerTls.CERTIFICATE), pem("CERTIFICATE", certificate));
        Files.writeString(folder.resolve(PeerTls.KEY), pem("PRIVATE KEY", key));
    }

    private static String pem(String what, byte[] content) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + what + "-----\n" + lines.encodeToString(content) + "\n-----END " + what + "-----\n";
    }
}
