package io.hawser.hub.access;

import java.util.Optional;

/// Whose a token is.
///
/// @param identity of whom, where it counts
/// @param isKnown whether it is somebody's: one that is merely too old is, and does not count
record TokenOwner(Optional<Identity> identity, boolean isKnown) {
    static final TokenOwner NOBODY = new TokenOwner(Optional.empty(), false);

    /// Of a token that was good until it ended.
    static final TokenOwner FORMER = new TokenOwner(Optional.empty(), true);

    static TokenOwner of(Identity identity) {
        return new TokenOwner(Optional.of(identity), true);
    }
}
