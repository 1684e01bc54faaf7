package io.hawser.cluster;

import org.jspecify.annotations.Nullable;

/// The name of something to publish to: UTF-8 of 1 to 255 bytes, in segments split by dots.
///
/// Shape: no empty segment, space, control character, `*` or `>`. A first segment that begins with `$` is
/// Hawser's own.
///
/// Source: docs/PROTOCOL.md, section 6
public record Topic(String name) implements Comparable<Topic> {
    /// Checks the name.
    ///
    /// @throws IllegalArgumentException that says which rule the name breaks, and where
    public Topic {
        TopicName.check("topic", name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*' || c == '>') {
                throw TopicName.refuse("topic", name, "'" + c + "' at character " + i + ", which only patterns have");
            }
        }
    }

    /// The topic of that name.
    ///
    /// @throws IllegalArgumentException that says which rule the name breaks, and where
    public static Topic of(String name) {
        return new Topic(name);
    }

    /// Whether it is Hawser's own, so that clients may not publish to it.
    public boolean isReserved() {
        return name.charAt(0) == '$';
    }

    // By hand: the code that a record gets is generated when it is first asked for, which is on an event loop.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Topic same && name.equals(same.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public int compareTo(Topic other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
