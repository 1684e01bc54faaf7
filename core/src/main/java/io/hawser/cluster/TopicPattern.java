package io.hawser.cluster;

import org.jspecify.annotations.Nullable;

/// One topic, or the topics that a pattern matches: `*` stands for exactly one segment, and `>` at the end for
/// one or more.
///
/// Neither stands for a first segment that begins with `$`.
///
/// Source: docs/PROTOCOL.md, section 6
public record TopicPattern(String text) implements Comparable<TopicPattern> {
    /// Checks the text.
    ///
    /// @throws IllegalArgumentException that says which rule the text breaks, and where
    public TopicPattern {
        TopicName.check("pattern", text);
        for (int start = 0; start < text.length(); ) {
            int end = TopicName.segmentEnd(text, start);
            checkSegment(text, start, end);
            start = end + 1;
        }
    }

    /// The pattern of that text.
    ///
    /// @throws IllegalArgumentException that says which rule the text breaks, and where
    public static TopicPattern of(String text) {
        return new TopicPattern(text);
    }

    /// The pattern that matches `topic` alone.
    public static TopicPattern of(Topic topic) {
        return new TopicPattern(topic.name());
    }

    private static void checkSegment(String text, int start, int end) {
        if (end - start > 1) {
            for (int i = start; i < end; i++) {
                char c = text.charAt(i);
                if (c == '*' || c == '>') {
                    throw TopicName.refuse("pattern", text, "'" + c + "' is not the whole segment at character " + i);
                }
            }
        } else if (text.charAt(start) == '>' && end < text.length()) {
            throw TopicName.refuse("pattern", text, "'>' is not the last segment at character " + start);
        }
    }

    /// Whether it names one topic and matches no other.
    public boolean isExact() {
        return text.indexOf('*') < 0 && text.indexOf('>') < 0;
    }

    /// The topic of an exact pattern.
    ///
    /// @throws IllegalArgumentException if it has wildcards
    public Topic asTopic() {
        return new Topic(text);
    }

    public boolean matches(Topic topic) {
        String name = topic.name();
        if (topic.isReserved() && (text.charAt(0) == '*' || text.charAt(0) == '>')) return false;
        int at = 0;
        int start = 0;
        while (start < text.length() && at < name.length()) {
            int end = TopicName.segmentEnd(text, start);
            int nameEnd = TopicName.segmentEnd(name, at);
            char first = text.charAt(start);
            if (first == '>') return true;
            if (first != '*' && !(end - start == nameEnd - at && text.regionMatches(start, name, at, end - start))) {
                return false;
            }
            start = end + 1;
            at = nameEnd + 1;
        }
        return start > text.length() && at > name.length();
    }

    // By hand: the code that a record gets is generated when it is first asked for, which is on an event loop.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicPattern same && text.equals(same.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public int compareTo(TopicPattern other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
