package io.hawser.messaging;

import io.hawser.internal.item.Utf8;

/// One end of a container's way: who it is from or whom it is for.
///
/// What the ids mean is for the two ends to agree; they are the sender's word, not proof.
///
/// @param id empty where there is none
/// @param subId a part of the party, such as one of its sessions; empty where there is none
public record Party(String id, String subId) {
    /// Nobody: an end that the container does not name.
    public static final Party NONE = new Party("", "");

    public Party {
        if (id.isEmpty() && !subId.isEmpty()) throw new IllegalArgumentException("a sub-id needs an id: " + subId);
        if (!Utf8.hasForm(id) || !Utf8.hasForm(subId))
            throw new IllegalArgumentException("an id with an unpaired surrogate");
    }

    /// A party without a sub-id.
    public static Party of(String id) {
        return new Party(id, "");
    }

    /// A party with both ids.
    public static Party of(String id, String subId) {
        return new Party(id, subId);
    }

    public boolean isNone() {
        return id.isEmpty();
    }

    /// `id` or `id/subId`.
    @Override
    public String toString() {
        return subId.isEmpty() ? id : id + "/" + subId;
    }
}
