package io.hawser.hub.v1;

/// What came of a direct message.
public enum Brought {
    YES,
    /// The session keeps as many messages as it may, or reads too slowly.
    FULL,
    NO_SESSION,
    /// Its peer knows no protocol, and takes only texts and bytes.
    NO_FORM,
    /// It is larger than the node of the session sends.
    TOO_LARGE
}
