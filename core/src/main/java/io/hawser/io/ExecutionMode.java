package io.hawser.io;

/// On which thread the code of a handler runs; chosen per handler.
public enum ExecutionMode {
    /// A virtual thread on the JDK's scheduler: the code may block as it likes. The default.
    VIRTUAL,

    /// The event loop itself, for code declared non-blocking. A loop held over 100 ms is reported in the log.
    EVENT_LOOP,

    /// Experimental: a virtual thread carried by the event loop, so blocking style without the hop to another thread.
    ///
    /// Needs `--add-opens java.base/java.lang=ALL-UNNAMED` (on the module path `=io.hawser`); where that is missing
    /// it is [#VIRTUAL], and one line in the log says so. Its hazards:
    ///
    /// - File reads and `InetAddress` look-ups block the carrier, thus every connection of the loop: hand them to
    ///   [IoThreads#post]. So does a wait inside native code or a class initializer, and so does work that computes
    ///   for long. A loop held over 100 ms is reported like that of [#EVENT_LOOP].
    /// - A lock for which handlers and the loop's own thread both wait (a log file's, say) can stop the loop: its
    ///   thread then stands behind a virtual thread that only it could run. After 100 ms that virtual thread is
    ///   run on the JDK's scheduler, and both go on.
    /// - A virtual thread started from it has the same carrier.
    LOOP_CARRIER
}
