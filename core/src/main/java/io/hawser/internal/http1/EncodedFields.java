package io.hawser.internal.http1;

import io.hawser.http.Headers;
import io.hawser.internal.http.HttpParts;
import io.hawser.internal.http.Names;
import org.jspecify.annotations.Nullable;

/// The fields of a message as lines, without those that frame it, which are the connection's to say.
///
/// Kept with the [Headers] that they are of. Those that are sent a second time, and so perhaps again and
/// again, are written once; most are not.
final class EncodedFields {
    private static final EncodedFields NONE = new EncodedFields(Headers.EMPTY, null);

    private final Headers headers;
    private final int size;
    private final boolean hasDate;
    private final boolean hasHost;
    private final boolean close;
    private final byte @Nullable [] lines;

    private EncodedFields(Headers headers, byte @Nullable [] lines) {
        int bytes = 0;
        boolean date = false;
        boolean host = false;
        boolean last = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.nameAt(i);
            if (isFraming(name)) last |= name.equalsIgnoreCase(Names.CONNECTION) && isClose(headers.valueAt(i));
            else bytes += name.length() + headers.valueAt(i).length() + 4;
            date |= name.equalsIgnoreCase(Names.DATE);
            host |= name.equalsIgnoreCase(Names.HOST);
        }
        this.headers = headers;
        this.size = bytes;
        this.hasDate = date;
        this.hasHost = host;
        this.close = last;
        this.lines = lines;
    }

    static EncodedFields of(Headers headers) {
        if (headers.isEmpty()) return NONE;
        EncodedFields known = HttpParts.trusted().encoded(headers, EncodedFields.class);
        if (known != null && known.lines != null) return known;
        EncodedFields made = new EncodedFields(headers, known == null ? null : known.toLines());
        HttpParts.trusted().encoded(headers, made);
        return made;
    }

    /// The lines, each with its end.
    byte[] toLines() {
        byte[] all = new byte[size];
        put(all, 0);
        return all;
    }

    /// Puts the lines into `to`, each with its end.
    ///
    /// @return the index behind them
    int put(byte[] to, int from) {
        if (lines != null) return Octets.put(lines, to, from);
        int at = from;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.nameAt(i);
            if (isFraming(name)) continue;
            at = Octets.put(name, to, at);
            to[at++] = ':';
            to[at++] = ' ';
            at = Octets.put(headers.valueAt(i), to, at);
            to[at++] = Octets.CR;
            to[at++] = Octets.LF;
        }
        return at;
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

    /// How many bytes the lines are.
    int size() {
        return size;
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
