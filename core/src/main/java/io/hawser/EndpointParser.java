package io.hawser;

import java.util.ArrayList;
import java.util.List;

/// Splits text into host and port. Every fault names its place in the whole text, also in a list.
final class EndpointParser {
    private static final int NO_DEFAULT = -1;

    private final ParsedText text;
    private final HostParser hosts;

    EndpointParser(String text) {
        this.text = new ParsedText(text);
        this.hosts = new HostParser(this.text);
    }

    Endpoint endpoint() {
        return endpoint(NO_DEFAULT);
    }

    Endpoint endpoint(int defaultPort) {
        return endpoint(0, text.text().length(), defaultPort);
    }

    List<Endpoint> list() {
        List<Endpoint> endpoints = new ArrayList<>();
        int length = text.text().length();
        int from = 0;
        while (true) {
            int comma = text.text().indexOf(',', from);
            int end = comma < 0 ? length : comma;
            int first = from;
            int last = end;
            while (first < last && text.charAt(first) == ' ') first++;
            while (last > first && text.charAt(last - 1) == ' ') last--;
            endpoints.add(endpoint(first, last, NO_DEFAULT));
            if (comma < 0) return List.copyOf(endpoints);
            from = comma + 1;
        }
    }

    /// The whole text as a host.
    Endpoint host(int port) {
        String whole = text.text();
        int length = whole.length();
        if (whole.startsWith("[")) {
            if (whole.indexOf(']') != length - 1) throw text.fault(0, "the address and a ']' must follow");
            return hosts.ipv6(1, length - 1, port);
        }
        return whole.indexOf(':') >= 0 ? hosts.ipv6(0, length, port) : hosts.nameOrIpv4(0, length, port);
    }

    private Endpoint endpoint(int from, int to, int defaultPort) {
        String whole = text.slice(from, to);
        if (Endpoint.isUnixText(whole)) return Endpoint.unix(whole.substring(whole.indexOf(':') + 1));
        if (from < to && text.charAt(from) == '[') return bracketed(from, to, defaultPort);
        int colon = indexOf(':', from, to);
        int second = colon < 0 ? -1 : indexOf(':', colon + 1, to);
        if (second >= 0) throw text.fault(second, "an IPv6 address stands in brackets, as in [::1]:80");
        int hostEnd = colon < 0 ? to : colon;
        if (hostEnd == from) throw text.fault("no host", from, "expected host:port");
        // The host's faults come first: with "exa mple" the missing port is not what is wrong.
        Endpoint host = hosts.nameOrIpv4(from, hostEnd, 0);
        return host.withPort(portFrom(hostEnd, to, defaultPort));
    }

    private Endpoint bracketed(int from, int to, int defaultPort) {
        int close = indexOf(']', from, to);
        if (close < 0) throw text.fault(from, "no ']' closes it");
        Endpoint host = hosts.ipv6(from + 1, close, 0);
        if (close + 1 < to && text.charAt(close + 1) != ':') {
            throw text.fault(close + 1, "only ':' and a port may follow ']'");
        }
        return host.withPort(portFrom(close + 1, to, defaultPort));
    }

    /// @param colon the index of the colon before the port, or `to` where there is none
    private int portFrom(int colon, int to, int defaultPort) {
        if (colon < to) return port(colon + 1, to);
        if (defaultPort == NO_DEFAULT) throw text.fault("no port", to, "expected host:port");
        return defaultPort;
    }

    private int port(int from, int to) {
        if (from == to) throw text.fault("no port", from, "expected host:port");
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) throw text.fault(i, "a port has digits only");
        }
        if (to - from > 1 && text.charAt(from) == '0') throw text.fault(from, "a port has no leading zero");
        String digits = text.slice(from, to);
        if (to - from > 5 || Integer.parseInt(digits) > Endpoint.MAX_PORT) {
            throw text.fault(
                    "port " + (to - from > 20 ? "of " + (to - from) + " digits" : digits), from, "at most 65535");
        }
        return Integer.parseInt(digits);
    }

    private int indexOf(char c, int from, int to) {
        for (int i = from; i < to; i++) if (text.charAt(i) == c) return i;
        return -1;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
