package io.hawser.cluster;

/// The rules that topics and patterns share: UTF-8 of 1 to 255 bytes, in segments split by dots.
///
/// Source: docs/PROTOCOL.md, section 6
final class TopicName {
    static final int MAX_BYTES = 255;
    private static final int SHOWN_CHARS = 64;

    private TopicName() {}

    /// Checks all but what wildcards may stand where.
    static void check(String kind, String name) {
        if (name.isEmpty()) throw new IllegalArgumentException(kind + " is empty");
        checkSize(kind, name);
        for (int start = 0; start <= name.length(); ) {
            int end = segmentEnd(name, start);
            if (end == start) throw refuse(kind, name, "an empty segment at character " + start);
            start = end + 1;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ' ') throw refuse(kind, name, "a space at character " + i);
            if (Character.isISOControl(c)) throw refuse(kind, name, "a control character at character " + i);
        }
    }

    private static void checkSize(String kind, String name) {
        int bytes = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw refuse(kind, name, "an unpaired surrogate at character " + i + ", which has no UTF-8 form");
            }
            if (bytes > MAX_BYTES) throw refuse(kind, name, "more than " + MAX_BYTES + " bytes of UTF-8");
        }
    }

    static int segmentEnd(String name, int start) {
        int dot = name.indexOf('.', start);
        return dot < 0 ? name.length() : dot;
    }

    static IllegalArgumentException refuse(String kind, String name, String what) {
        String shown = name.length() <= SHOWN_CHARS ? name : name.substring(0, SHOWN_CHARS) + "…";
        return new IllegalArgumentException(kind + " '" + shown + "': " + what);
    }
}
