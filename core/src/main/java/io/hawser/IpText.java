package io.hawser;

import static io.hawser.EndpointParser.isDigit;

/// Reads IP addresses strictly: what two readers could understand differently is a fault.
///
/// Source: RFC 4291 section 2.2, RFC 6943 section 3.1.1
final class IpText {
    private static final int GROUPS = 8;

    private final ParsedText text;

    IpText(ParsedText text) {
        this.text = text;
    }

    byte[] ipv4(int from, int to) {
        byte[] address = new byte[4];
        int at = from;
        for (int part = 0; part < 4; part++) {
            int end = at;
            while (end < to && isDigit(text.charAt(end))) end++;
            address[part] = (byte) part(at, end);
            boolean atEnd = end == to;
            if (part < 3 && atEnd) throw text.fault("IPv4 address", from, "four numbers are needed");
            if (part == 3 && !atEnd) throw text.fault(end, "an IPv4 address ends after four numbers");
            if (!atEnd && text.charAt(end) != '.') throw text.fault(end, "an IPv4 address has decimal numbers only");
            at = end + 1;
        }
        return address;
    }

    private int part(int from, int to) {
        if (from == to) {
            throw text.fault("no number", from, "an IPv4 address has four of 0 to 255");
        }
        if (to - from > 1 && text.charAt(from) == '0') {
            throw text.fault(from, "a leading zero could mean octal");
        }
        int value = to - from > 3 ? Integer.MAX_VALUE : Integer.parseInt(text.slice(from, to));
        if (value > 255) throw text.fault("number " + text.slice(from, to), from, "at most 255 in an IPv4 address");
        return value;
    }

    byte[] ipv6(int from, int to) {
        if (from == to) throw text.fault("no address", from, "expected an IPv6 address");
        byte[] address = new byte[2 * GROUPS];
        int filled = 0;
        int gap = -1;
        int at = from;
        if (at + 1 < to && text.charAt(at) == ':' && text.charAt(at + 1) == ':') {
            gap = 0;
            at += 2;
        }
        while (at < to) {
            int end = at;
            while (end < to && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) end++;
            if (end < to && text.charAt(end) == '.') {
                if (filled > 12) throw text.fault("IPv4 part", at, "at most eight groups of 16 bits in all");
                System.arraycopy(ipv4(at, to), 0, address, filled, 4);
                filled += 4;
                break;
            }
            int group = group(at, end);
            if (filled == 16) throw text.fault("ninth group", at, "at most eight");
            address[filled++] = (byte) (group >> 8);
            address[filled++] = (byte) group;
            at = end;
            if (at == to) break;
            if (text.charAt(at) != ':') throw text.fault(at, "expected a hexadecimal digit or ':'");
            at++;
            if (at == to) throw text.fault(at - 1, "a group must follow");
            if (text.charAt(at) == ':') {
                if (gap >= 0) throw text.fault("second '::'", at - 1, "only one is allowed");
                gap = filled;
                at++;
            }
        }
        return spread(address, filled, gap, from);
    }

    private int group(int from, int end) {
        if (from == end) throw text.fault(from, "expected a hexadecimal digit");
        if (end - from > 4) throw text.fault("group of " + (end - from) + " digits", from, "at most four");
        return Integer.parseInt(text.slice(from, end), 16);
    }

    /// Moves what stands behind the `::` to the end.
    private byte[] spread(byte[] address, int filled, int gap, int from) {
        if (gap < 0 && filled < 16) {
            throw text.fault("IPv6 address of " + filled / 2 + " groups", from, "eight are needed, or a '::'");
        }
        if (gap < 0) return address;
        if (filled == 16) throw text.fault("IPv6 address", from, "its '::' must stand for at least one group");
        byte[] spread = new byte[16];
        System.arraycopy(address, 0, spread, 0, gap);
        System.arraycopy(address, gap, spread, 16 - (filled - gap), filled - gap);
        return spread;
    }
}
