package io.hawser;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/// Canonical texts of IP addresses: from bytes, and back to what the JDK connects to.
///
/// Source: RFC 5952 sections 4 and 5
final class IpLiteral {
    private static final int GROUPS = 8;

    private IpLiteral() {}

    static String print(byte[] address) {
        if (address.length == 4) return printIpv4(address, 0);
        if (isMapped(address)) return "::ffff:" + printIpv4(address, 12);
        int longest = 0;
        int longestAt = -1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groupAt(address, i + run) == 0) run++;
            if (run > longest && run > 1) {
                longest = run;
                longestAt = i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == longestAt) {
                out.append("::");
                i += longest - 1;
                continue;
            }
            if (i > 0 && i != longestAt + longest) out.append(':');
            out.append(Integer.toHexString(groupAt(address, i)));
        }
        return out.toString();
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) if (address[i] != 0) return false;
        return address[10] == -1 && address[11] == -1;
    }

    private static int groupAt(byte[] address, int group) {
        return (address[2 * group] & 0xff) << 8 | (address[2 * group + 1] & 0xff);
    }

    private static String printIpv4(byte[] address, int from) {
        return (address[from] & 0xff) + "." + (address[from + 1] & 0xff) + "." + (address[from + 2] & 0xff) + "."
                + (address[from + 3] & 0xff);
    }

    static boolean isLoopback(String literal) {
        byte[] address = toBytes(withoutZone(literal));
        if (address.length == 4) return address[0] == 127;
        return isMapped(address) ? address[12] == 127 : withoutZone(literal).equals("::1");
    }

    /// The address that `literal` is. It carries that text as its host name, so that no one asks DNS for one.
    ///
    /// @throws ConnectFailed if its zone is no interface of this machine
    static InetAddress toAddress(String literal) {
        String address = withoutZone(literal);
        try {
            if (address.equals(literal)) return InetAddress.getByAddress(literal, toBytes(literal));
            return Inet6Address.getByAddress(literal, toBytes(address), scope(literal.substring(address.length() + 1)));
        } catch (UnknownHostException e) {
            throw new ConnectFailed("cannot reach " + literal + ": " + e.getMessage(), e);
        }
    }

    private static byte[] toBytes(String address) {
        IpText reader = new IpText(new ParsedText(address));
        int end = address.length();
        return address.indexOf(':') < 0 ? reader.ipv4(0, end) : reader.ipv6(0, end);
    }

    private static String withoutZone(String literal) {
        int percent = literal.indexOf('%');
        return percent < 0 ? literal : literal.substring(0, percent);
    }

    private static int scope(String zone) throws UnknownHostException {
        if (zone.matches("[0-9]{1,9}")) return Integer.parseInt(zone);
        try {
            NetworkInterface named = NetworkInterface.getByName(zone);
            if (named == null) throw new UnknownHostException("there is no interface " + zone);
            return named.getIndex();
        } catch (SocketException e) {
            UnknownHostException unreadable = new UnknownHostException("the interface " + zone + " cannot be read");
            unreadable.initCause(e);
            throw unreadable;
        }
    }
}
