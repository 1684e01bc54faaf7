package io.hawser.io;

/// The operating system's interface through which the event loops wait for sockets.
public enum Transport {
    /// The best that this machine has, by what was measured; the log says which.
    AUTO,
    /// Linux 5.9 or newer with the native library; often closed by container profiles.
    IO_URING,
    /// Linux with the native library.
    EPOLL,
    /// macOS and the BSDs, with the native library on the class path.
    KQUEUE,
    /// The JDK's own selectors: everywhere.
    NIO
}
