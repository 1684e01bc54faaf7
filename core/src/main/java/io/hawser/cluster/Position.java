package io.hawser.cluster;

/// A place in the history of one topic: behind which message a subscriber is.
///
/// The epoch names one life of the history. The offset increases within topic and epoch, not necessarily by
/// one. The tag is a random mark of the message there, so that a history that was rolled back and written anew
/// is noticed; it is empty where there is no message yet.
///
/// Shape: as one string `E:O:G`.
///
/// Source: docs/PROTOCOL.md, section 6
public record Position(String epoch, long offset, String tag) {
    /// The position of a message that has none, because its topic keeps no history, or it came by a pattern.
    public static final Position NONE = new Position("", 0, "");

    private static final long MAX_OFFSET = (1L << 53) - 1;
    private static final int MAX_MARK_CHARS = 64;

    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException for an offset below 0 or above 2^53 - 1, and for an epoch or tag
    ///     that is longer than 64 characters or has others than visible ASCII without colons
    public Position {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException("offset " + offset + ": from 0 to 2^53 - 1");
        }
        checkMark("epoch", epoch);
        checkMark("tag", tag);
    }

    private static void checkMark(String what, String mark) {
        if (mark.length() > MAX_MARK_CHARS) {
            throw new IllegalArgumentException(
                    what + " of " + mark.length() + " characters: at most " + MAX_MARK_CHARS);
        }
        for (int i = 0; i < mark.length(); i++) {
            char c = mark.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ':') {
                throw new IllegalArgumentException(what + ": only visible ASCII characters and no colon");
            }
        }
    }

    /// The position that [#toString()] wrote. [#NONE] is none: it has no epoch.
    ///
    /// @throws IllegalArgumentException that says what is wrong with it
    public static Position parse(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        if (first < 0 || second < 0)
            throw new IllegalArgumentException("position without two colons: EPOCH:OFFSET:TAG");
        if (first == 0) throw new IllegalArgumentException("position without an epoch: EPOCH:OFFSET:TAG");
        return new Position(
                text.substring(0, first), offset(text.substring(first + 1, second)), text.substring(second + 1));
    }

    private static long offset(String digits) {
        if (digits.isEmpty() || digits.length() > 16) {
            throw new IllegalArgumentException("offset of " + digits.length() + " digits: from 1 to 16");
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') throw new IllegalArgumentException("offset: only the digits 0 to 9");
        }
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            throw new IllegalArgumentException("offset: no zero in front");
        }
        return Long.parseLong(digits);
    }

    /// Whether this has no epoch, as [#NONE].
    public boolean isNone() {
        return epoch.isEmpty();
    }

    /// The string form `E:O:G`.
    @Override
    public String toString() {
        return epoch + ':' + offset + ':' + tag;
    }
}
