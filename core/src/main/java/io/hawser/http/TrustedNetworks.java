package io.hawser.http;

import io.hawser.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Networks whose hosts are believed when they say for whom they forward.
///
/// Shape: an IP address, alone or with the length of its prefix: `10.0.0.0/8`, `2001:db8::/32`, `127.0.0.1`. An
/// IPv4
/// address in IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
///
/// Thread: immutable, safe from any. Those of the same networks, in the same order, are equal.
public final class TrustedNetworks implements Predicate<Endpoint> {
    private static final TrustedNetworks NONE = new TrustedNetworks(List.of());

    private final List<Network> networks;

    private static final class Network {
        private final byte[] prefix;
        private final int bits;

        Network(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) return false;
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != prefix[i]) return false;
            }
            int mask = 0xff00 >> bits % 8 & 0xff;
            return mask == 0 || (address[whole] & mask) == (prefix[whole] & mask);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Network that && bits == that.bits && Arrays.equals(prefix, that.prefix);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(prefix) + bits;
        }
    }

    private TrustedNetworks(List<Network> networks) {
        this.networks = networks;
    }

    /// No network at all.
    public static TrustedNetworks none() {
        return NONE;
    }

    /// The networks of `texts`.
    ///
    /// @throws IllegalArgumentException if one is none, or has bits set behind its prefix
    public static TrustedNetworks of(String... texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) networks.add(parse(text));
        return new TrustedNetworks(List.copyOf(networks));
    }

    private static Network parse(String text) {
        int slash = text.indexOf('/');
        Endpoint address = Endpoint.of(slash < 0 ? text : text.substring(0, slash), 0);
        if (!address.isIpLiteral()) throw new IllegalArgumentException(text + ": not an IP address");
        byte[] bytes = bytes(address);
        int most = 8 * bytes.length;
        int bits = slash < 0 ? most : prefixLength(text, slash, most);
        for (int bit = bits; bit < most; bit++) {
            if ((bytes[bit / 8] & 0x80 >> bit % 8) != 0) {
                throw new IllegalArgumentException(text + ": bits are set behind the prefix");
            }
        }
        return new Network(bytes, bits);
    }

    private static int prefixLength(String text, int slash, int most) {
        String digits = text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > most) {
            throw new IllegalArgumentException(text + ": a prefix of 0 to " + most + " bits");
        }
        return Integer.parseInt(digits);
    }

    /// Whether the host of `endpoint` is an address in one of them.
    public boolean contains(Endpoint endpoint) {
        if (networks.isEmpty() || !endpoint.isIpLiteral()) return false;
        byte[] address = bytes(endpoint);
        for (Network network : networks) {
            if (network.contains(address)) return true;
        }
        return false;
    }

    @Override
    public boolean test(Endpoint endpoint) {
        return contains(endpoint);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedNetworks that && networks.equals(that.networks);
    }

    @Override
    public int hashCode() {
        return networks.hashCode();
    }

    /// The address itself: that of an IP literal resolves without asking anybody.
    private static byte[] bytes(Endpoint literal) {
        InetSocketAddress resolved = literal.resolve().getFirst();
        InetAddress address = resolved.getAddress();
        return address.getAddress();
    }
}
