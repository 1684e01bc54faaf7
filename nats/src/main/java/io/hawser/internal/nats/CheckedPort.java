package io.hawser.internal.nats;

import io.nats.client.Connection;
import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import io.nats.client.support.NatsUri;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// The socket of a connection to NATS, from which the client library reads what [CheckedInput] makes of it,
/// and whose certificate has to be that of the server that is meant: the library takes any that is trusted.
///
/// Thread: as the library uses it, one reads.
public final class CheckedPort extends SocketDataPortWithWriteTimeout {
    private final CheckedInput input = new CheckedInput();
    private byte[] ready = {};
    private int at;

    /// For the library, which makes one for each connection.
    public CheckedPort() {}

    /// Source: RFC 9525
    @Override
    public void upgradeToSecure() throws IOException {
        Connection owner = connection;
        Options options = owner.getOptions();
        List<String> configured =
                options.getNatsServerUris().stream().map(NatsUri::getHost).toList();
        SSLSocket secure = (SSLSocket) options.getSslContext()
                .getSocketFactory()
                .createSocket(socket, certifiedHost(host, configured), port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        int timeout = secure.getSoTimeout();
        secure.setSoTimeout((int) options.getConnectionTimeout().toMillis());
        secure.startHandshake();
        secure.setSoTimeout(timeout);
        socket = secure;
        in = secure.getInputStream();
        out = secure.getOutputStream();
        isSecure = true;
    }

    /// The host that was connected to. Of a server that the cluster has told of by its address alone it is the
    /// first name that was configured, as in other clients of NATS: certificates rarely have addresses.
    static String certifiedHost(String host, List<String> configured) {
        if (!isAddress(host) || configured.contains(host)) return host;
        return configured.stream().filter(each -> !isAddress(each)).findFirst().orElse(host);
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        while (at == ready.length) {
            // Into its own array: all of it is taken before anything is given.
            int count = super.read(to, from, most);
            if (count <= 0) return count;
            ready = input.take(to, from, count);
            at = 0;
        }
        int given = Math.min(most, ready.length - at);
        System.arraycopy(ready, at, to, from, given);
        at += given;
        return given;
    }
}
