package io.hawser.cluster;

import io.hawser.Bytes;
import io.hawser.internal.item.Utf8;

/// What somebody publishes.
///
/// @param principal who it is, as far as `mid` goes: the same `mid` of two principals is two messages; at most 255
///     characters
/// @param mid the publisher's name for this message, by which a second attempt is known as such; empty for none, at
///     most 255 characters
public record Publication(Topic topic, Bytes payload, String principal, String mid) {
    private static final int MAX_CHARS = 255;

    public Publication {
        check("principal", principal);
        check("mid", mid);
    }

    private static void check(String what, String value) {
        if (value.length() > MAX_CHARS) {
            throw new IllegalArgumentException(what + " of " + value.length() + " characters: at most " + MAX_CHARS);
        }
        if (!Utf8.hasForm(value)) throw new IllegalArgumentException(what + ": an unpaired surrogate");
    }

    /// A message that is published as often as it is tried.
    public static Publication of(Topic topic, Bytes payload) {
        return new Publication(topic, payload, "", "");
    }

    /// A message that `principal` publishes once, however often it tries within two minutes.
    public Publication withMid(String principal, String mid) {
        return new Publication(topic, payload, principal, mid);
    }

    public boolean hasMid() {
        return !mid.isEmpty();
    }
}
