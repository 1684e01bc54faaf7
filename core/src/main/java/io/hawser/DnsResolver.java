package io.hawser;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Stands for the resolver that a client makes for itself.
enum DnsResolver implements Resolver {
    INSTANCE;

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        return Resolver.system().resolve(host);
    }
}
