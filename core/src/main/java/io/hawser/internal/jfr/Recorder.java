package io.hawser.internal.jfr;

import jdk.jfr.FlightRecorder;

/// Whether the JDK's flight recorder has been asked for anything since the process began.
///
/// To be asked before an event is made: the first one of a process gets the recorder ready, some 100 ms of work
/// on whatever thread that is, though nobody records.
public final class Recorder {
    private Recorder() {}

    /// Whether somebody records, or has.
    public static boolean isThere() {
        return FlightRecorder.isInitialized();
    }
}
