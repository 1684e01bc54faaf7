package io.hawser.cluster;

/// What became of a publication.
///
/// @param position where it is in the history; [Position#NONE] for a live topic
/// @param isDuplicate whether it had been published before, under the same `mid`; then `position` is that of the
///     first
/// @param isLocal whether it reached this node only, because the others cannot be reached: live topics only
public record Published(Position position, boolean isDuplicate, boolean isLocal) {
    /// A message that everyone gets.
    public static Published at(Position position) {
        return new Published(position, false, false);
    }

    /// The same, said again.
    public Published asDuplicate() {
        return new Published(position, true, isLocal);
    }
}
