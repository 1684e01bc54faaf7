package io.hawser;

/// A text under examination, which knows how to point at one of its characters.
record ParsedText(String text) {
    private static final int MAX_QUOTED = 100;

    char charAt(int index) {
        return text.charAt(index);
    }

    String slice(int from, int to) {
        return text.substring(from, to);
    }

    /// `what at index 10 of "localhost:70000": why`
    IllegalArgumentException fault(String what, int index, String why) {
        return new IllegalArgumentException(what + " at index " + index + " of \"" + quoted() + "\": " + why);
    }

    /// The same, about the one character at `index`.
    IllegalArgumentException fault(int index, String why) {
        return fault("'" + printable(text.charAt(index)) + "'", index, why);
    }

    /// The text as it may stand in a log: on one line, and short.
    private String quoted() {
        StringBuilder quoted = new StringBuilder();
        int end = Math.min(text.length(), MAX_QUOTED);
        for (int i = 0; i < end; i++) quoted.append(printable(text.charAt(i)));
        return end < text.length() ? quoted.append('…').toString() : quoted.toString();
    }

    private static String printable(char c) {
        boolean hidden = Character.isISOControl(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
        return hidden ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    }
}
