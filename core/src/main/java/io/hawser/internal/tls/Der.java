package io.hawser.internal.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// Writes the few kinds of DER element that a certificate and a private key are made of.
///
/// Source: ITU-T X.690 sections 8 and 10
final class Der {
    private static final DateTimeFormatter UTC_TIME = time("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED_TIME = time("yyyyMMddHHmmss'Z'");

    private Der() {}

    private static DateTimeFormatter time(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }

    static byte[] sequence(byte[]... parts) {
        return element(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return element(0x31, parts);
    }

    static byte[] integer(BigInteger value) {
        return element(0x02, value.toByteArray());
    }

    static byte[] yes() {
        return element(0x01, new byte[] {-1});
    }

    /// @param unused how many bits at the end do not count
    static byte[] bits(int unused, byte[] content) {
        return element(0x03, new byte[] {(byte) unused}, content);
    }

    static byte[] octets(byte[] content) {
        return element(0x04, content);
    }

    static byte[] utf8(String text) {
        return element(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The element that is an explicit tag around `content`.
    static byte[] explicit(int tag, byte[] content) {
        return element(0xa0 | tag, content);
    }

    /// The primitive element that an implicit tag makes of `content`.
    static byte[] implicit(int tag, byte[] content) {
        return element(0x80 | tag, content);
    }

    /// @param dotted e.g. `1.2.840.10045.2.1`
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) content.write(0x80 | (arc >>> shift & 0x7f));
            }
            content.write(arc & 0x7f);
        }
        return element(0x06, content.toByteArray());
    }

    /// Source: RFC 5280 section 4.1.2.5, which wants two digits of the year until 2049 and four from then on
    static byte[] time(Instant instant) {
        String utc = UTC_TIME.format(instant);
        boolean shortYear = instant.atOffset(ZoneOffset.UTC).getYear() < 2050;
        String text = shortYear ? utc : GENERALIZED_TIME.format(instant);
        return element(shortYear ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// The first element within the element that `der` begins with.
    static byte[] firstWithin(byte[] der) {
        int start = contentAt(der, 0);
        int end = contentAt(der, start) + length(der, start);
        return Arrays.copyOfRange(der, start, end);
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) return first;
        return new BigInteger(1, der, at + 2, first & 0x7f).intValueExact();
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = 0;
        for (byte[] part : parts) length += part.length;
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.write(length >>> shift);
        }
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
