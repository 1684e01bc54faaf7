package io.hawser.hub.chaos;

/// What all subscribers together have seen during one fault.
///
/// @param delivered messages, each counted for each subscriber
/// @param duplicates that came to a subscriber a second time, or too late: there must be none
/// @param holes messages that a subscriber missed and was not told of: there must be none
/// @param resyncs by which subscribers were told of what they missed
public record Seen(long delivered, long duplicates, long holes, long resyncs) {
    /// Whether nothing was lost silently or came twice.
    public boolean isRight() {
        return duplicates == 0 && holes == 0;
    }
}
