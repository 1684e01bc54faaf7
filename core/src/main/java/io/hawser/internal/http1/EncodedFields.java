package io.hawser.internal.http1;

import io.hawser.http.Headers;
import io.hawser.internal.http.HttpParts;
import io.hawser.internal.http.Names;

/// The fields of a message as lines, without those that frame it, which are the connection's to say.
///
/// Kept with the [Headers] that they are of, so that fields which are sent again and again are written
/// once.
final class EncodedFields {
    private static final EncodedFields NONE = new EncodedFields(new byte[0], false, false, false);

    private final byte[] lines;
    private final boolean hasDate;
    private final boolean hasHost;
    private final boolean close;

    private EncodedFields(byte[] lines, boolean hasDate, boolean hasHost, boolean close) {
        this.lines = lines;
        this.hasDate = hasDate;
        this.hasHost = hasHost;
        this.close = close;
    }

    static EncodedFields of(Headers headers) {
        if (headers.isEmpty()) return NONE;
        EncodedFields known = HttpParts.trusted().encoded(headers, EncodedFields.class);
        if (known != null) return known;
        EncodedFields made = encode(headers);
        HttpParts.trusted().encoded(headers, made);
        return made;
    }

    private static EncodedFields encode(Headers headers) {
        int size = 0;
        boolean hasDate = false;
        boolean hasHost = false;
        boolean close = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.nameAt(i);
            if (isFraming(name)) close |= name.equalsIgnoreCase(Names.CONNECTION) && isClose(headers.valueAt(i));
            else size += name.length() + headers.valueAt(i).length() + 4;
            hasDate |= name.equalsIgnoreCase(Names.DATE);
            hasHost |= name.equalsIgnoreCase(Names.HOST);
        }
        byte[] lines = new byte[size];
        int at = 0;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.nameAt(i);
            if (isFraming(name)) continue;
            at = Octets.put(name, lines, at);
            lines[at++] = ':';
            lines[at++] = ' ';
            at = Octets.put(headers.valueAt(i), lines, at);
            lines[at++] = Octets.CR;
            lines[at++] = Octets.LF;
        }
        return new EncodedFields(lines, hasDate, hasHost, close);
    }

    private static boolean isClose(String value) {
        return Headers.of(Names.CONNECTION, value).lists(Names.CONNECTION, "close");
    }

    /// Fields that only the connection can fill in. `Content-Length` is, so that no handler can contradict
    /// the body.
    private static boolean isFraming(String name) {
        return switch (name.length()) {
            case 10 -> name.equalsIgnoreCase(Names.CONNECTION) || name.equalsIgnoreCase(Names.KEEP_ALIVE);
            case 14 -> name.equalsIgnoreCase(Names.CONTENT_LENGTH);
            case 17 -> name.equalsIgnoreCase(Names.TRANSFER_ENCODING);
            default -> false;
        };
    }

    /// The lines, each with its end. Owner: not to be changed.
    byte[] lines() {
        return lines;
    }

    /// Whether `Date` is among them.
    boolean hasDate() {
        return hasDate;
    }

    /// Whether `Host` is among them.
    boolean hasHost() {
        return hasHost;
    }

    /// Whether they asked for the connection to end.
    boolean close() {
        return close;
    }
}
