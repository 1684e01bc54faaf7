package io.hawser;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

enum SystemResolver implements Resolver {
    INSTANCE;

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
