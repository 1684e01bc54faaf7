package io.hawser.internal.tls.it;

import io.hawser.TlsIdentity;
import io.hawser.internal.tls.PemText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A TLS client that has nothing of ours in it: the JDK's sockets, checking chain and host name.
final class JdkClient {
    private static final char[] PASSWORD = "password".toCharArray();

    private final SSLContext context;

    JdkClient(String trustedPem, TlsIdentity.@Nullable InMemory identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int number = 0;
        for (X509Certificate certificate : PemText.parse(trustedPem).certificates()) {
            trusted.setCertificateEntry("c" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(identity == null ? null : keyManagers(identity), trust.getTrustManagers(), null);
    }

    private static KeyManager[] keyManagers(TlsIdentity.InMemory identity) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", identity.key(), PASSWORD, identity.chain().toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        return factory.getKeyManagers();
    }

    /// A connection to the loopback address that means `host`, with its handshake not yet begun.
    SSLSocket connect(String host, int port, Consumer<SSLParameters> settings) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        settings.accept(parameters);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(30_000);
        return socket;
    }

    SSLSocket connect(int port) throws IOException {
        return connect("localhost", port, parameters -> {});
    }

    SSLSocket connect(int port, String protocol) throws IOException {
        return connect("localhost", port, parameters -> parameters.setProtocols(new String[] {protocol}));
    }

    /// What comes back for `text`.
    static String echo(SSLSocket socket, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(sent);
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readNBytes(sent.length), StandardCharsets.UTF_8);
    }

    static X509Certificate certificate(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
}
