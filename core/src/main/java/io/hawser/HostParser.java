package io.hawser;

import static io.hawser.EndpointParser.isDigit;

/// Checks hosts and brings them into canonical form.
final class HostParser {
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_ZONE = 64;

    private final ParsedText text;
    private final IpText addresses;

    HostParser(ParsedText text) {
        this.text = text;
        this.addresses = new IpText(text);
    }

    Endpoint nameOrIpv4(int from, int to, int port) {
        if (from == to) throw text.fault("no host", from, "expected a name or an IP address");
        checkLabels(from, to);
        int number = finalNumber(from, to);
        if (number >= 0) {
            if (hasLetters(from, to)) throw text.fault("last label", number, "a name does not end in a number");
            return new Endpoint(IpLiteral.print(addresses.ipv4(from, to)), port, true);
        }
        int length = text.charAt(to - 1) == '.' ? to - from - 1 : to - from;
        if (length > MAX_NAME) throw text.fault("name of " + length + " characters", from, "at most " + MAX_NAME);
        return Endpoint.named(text.slice(from, to), port);
    }

    Endpoint ipv6(int from, int to, int port) {
        int percent = from;
        while (percent < to && text.charAt(percent) != '%') percent++;
        String address = IpLiteral.print(addresses.ipv6(from, percent));
        if (percent == to) return new Endpoint(address, port, true);
        return new Endpoint(address + "%" + zone(percent + 1, to), port, true);
    }

    private String zone(int from, int to) {
        if (from == to) throw text.fault("no zone", from, "an interface must follow '%', as in fe80::1%eth0");
        if (to - from > MAX_ZONE) {
            throw text.fault("zone of " + (to - from) + " characters", from, "at most " + MAX_ZONE);
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && "-._~".indexOf(c) < 0) {
                throw text.fault(i, "a zone has letters, digits, '-', '.', '_' and '~' only");
            }
        }
        return text.slice(from, to);
    }

    private void checkLabels(int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i < to && text.charAt(i) != '.') {
                checkCharacter(i);
                continue;
            }
            boolean afterTrailingDot = i == to && start == to && to - from > 1;
            if (!afterTrailingDot) checkLabel(start, i);
            start = i + 1;
        }
    }

    private void checkCharacter(int index) {
        char c = text.charAt(index);
        if (isLetter(c) || isDigit(c) || c == '-' || c == '_') return;
        throw text.fault(
                index,
                c < 128
                        ? "a name has letters, digits, '-', '_' and '.' only"
                        : "a name is ASCII: write an international one in its xn-- form");
    }

    private void checkLabel(int from, int to) {
        if (from == to) throw text.fault("empty label", from, "a name has characters between its dots");
        if (to - from > MAX_LABEL) {
            throw text.fault("label of " + (to - from) + " characters", from, "at most " + MAX_LABEL);
        }
        if (text.charAt(from) == '-') throw text.fault(from, "a label does not begin with '-'");
        if (text.charAt(to - 1) == '-') throw text.fault(to - 1, "a label does not end with '-'");
    }

    /// Where the last label begins, if it is a number, else -1. Resolvers read such names as addresses in
    /// old forms: `127.1`, `0x7f.1`, `2130706433`.
    private int finalNumber(int from, int to) {
        int end = text.charAt(to - 1) == '.' ? to - 1 : to;
        int start = end;
        while (start > from && text.charAt(start - 1) != '.') start--;
        return isNumber(start, end) ? start : -1;
    }

    /// Decimal, or hexadecimal after `0x`. Without a pattern: addresses are parsed for connections, too.
    private boolean isNumber(int from, int to) {
        boolean isHex = to - from >= 2 && text.charAt(from) == '0' && (text.charAt(from + 1) | 0x20) == 'x';
        for (int i = isHex ? from + 2 : from; i < to; i++) {
            char c = text.charAt(i);
            boolean isHexLetter = isHex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
            if (!isDigit(c) && !isHexLetter) return false;
        }
        return from < to;
    }

    private boolean hasLetters(int from, int to) {
        for (int i = from; i < to; i++) if (text.charAt(i) != '.' && !isDigit(text.charAt(i))) return true;
        return false;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
