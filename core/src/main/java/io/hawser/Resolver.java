package io.hawser;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// Finds the addresses of a host name.
///
/// Thread: `resolve` is called on a thread of its own with a [Deadline] of 30 seconds as the current one,
/// several at a time; `known` on that of whoever asks.
@FunctionalInterface
public interface Resolver {
    /// All addresses of `host`, of both families, best first.
    ///
    /// @throws UnknownHostException if there are none
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /// What it knows of `host` without asking anyone; never waits. Without an address in it, `resolve` is asked.
    default Optional<List<InetAddress>> known(String host) {
        return Optional.empty();
    }

    /// A resolver of the client that is given it: asks the machine's name servers itself, keeps each answer for
    /// as long as it says, within 1 s and 5 min, asks again before that is over where the name is in use, and
    /// gives what it had before for up to an hour while no server answers. What the machine's `hosts` file says
    /// comes first. The default of clients of HTTP; whatever cannot carry it out asks [#system()].
    static Resolver dns() {
        return DnsResolver.INSTANCE;
    }

    /// The JDK's resolver, which asks the operating system and caches the answers.
    static Resolver system() {
        return SystemResolver.INSTANCE;
    }
}
