package io.hawser;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the addresses of a host name.
///
/// Thread: called on a thread of its own with a [Deadline] of 30 seconds as the current one; several at a time.
@FunctionalInterface
public interface Resolver {
    /// All addresses of `host`, of both families, best first.
    ///
    /// @throws UnknownHostException if there are none
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /// The JDK's resolver, which asks the operating system and caches the answers.
    static Resolver system() {
        return SystemResolver.INSTANCE;
    }
}
