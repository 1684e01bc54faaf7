package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/// Which hosts are connected to without a proxy.
///
/// The rules are those of the environment variable `no_proxy` as most programs read it: a name covers what is
/// below it, with or without a dot before it; a network covers addresses only, and no name is looked up.
final class Bypass {
    private Bypass() {}

    static boolean covers(List<String> rules, Endpoint endpoint) {
        if (endpoint.isUnix()) return true;
        for (String rule : rules) {
            if (covers(rule.strip().toLowerCase(Locale.ROOT), endpoint)) return true;
        }
        return false;
    }

    private static boolean covers(String rule, Endpoint endpoint) {
        if (rule.isEmpty()) return false;
        if (rule.equals("*")) return true;
        if (rule.indexOf('/') >= 0) return endpoint.isIpLiteral() && isWithin(rule, endpoint.host());
        String name = rule;
        int colon = rule.lastIndexOf(':');
        boolean hasPort = colon > 0 && (rule.indexOf(':') == colon || rule.charAt(colon - 1) == ']');
        if (hasPort) {
            if (!rule.substring(colon + 1).equals(String.valueOf(endpoint.port()))) return false;
            name = rule.substring(0, colon);
        }
        if (name.startsWith("[") && name.endsWith("]")) name = name.substring(1, name.length() - 1);
        if (name.startsWith("*.")) name = name.substring(1);
        String bare = name.startsWith(".") ? name.substring(1) : name;
        String host = endpoint.host();
        return host.equals(bare) || (!endpoint.isIpLiteral() && host.endsWith("." + bare));
    }

    private static boolean isWithin(String network, String address) {
        int slash = network.indexOf('/');
        try {
            byte[] net = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
            byte[] own = InetAddress.ofLiteral(address).getAddress();
            int bits = Integer.parseInt(network.substring(slash + 1));
            if (net.length != own.length || bits < 0 || bits > 8 * net.length) return false;
            for (int bit = 0; bit < bits; bit++) {
                if (((net[bit / 8] ^ own[bit / 8]) >> (7 - bit % 8) & 1) != 0) return false;
            }
            return true;
        } catch (IllegalArgumentException notANetwork) {
            return false;
        }
    }
}
