package io.hawser.tcp;

import io.hawser.Endpoint;
import java.util.Optional;
import java.util.function.Predicate;

/// Whom a server keeps out, and how much it lets one peer have, so that a flood from some leaves the others
/// served.
///
/// Addresses are those of the peers, or what a trusted proxy said instead; a trusted proxy itself is neither
/// limited nor kept out.
///
/// @param proxies who is believed to say for whom it opens a connection, by the PROXY protocol, version 1 or 2;
///     default nobody
/// @param admitted who may connect at all; default everybody
/// @param denied who may not, though admitted; closed without an answer; default nobody
/// @param perAddress what one address may ask
/// @param exempt whose addresses have no such limits; default those of this machine
/// @param reserve connections beyond the most of all, kept for the paths that
///     [io.hawser.http.HttpConfig#keptPaths()] names, such as those for the server's health; default 16
/// @param memory how much of the heap all connections may hold together
public record Protection(
        Optional<Predicate<Endpoint>> proxies,
        Predicate<Endpoint> admitted,
        Predicate<Endpoint> denied,
        AddressLimits perAddress,
        Predicate<Endpoint> exempt,
        int reserve,
        MemoryShares memory) {
    private static final Protection DEFAULTS = new Protection(
            Optional.empty(),
            all -> true,
            nobody -> false,
            AddressLimits.defaults(),
            Endpoint::isLoopback,
            16,
            MemoryShares.defaults());

    public Protection {
        if (reserve < 0) throw new IllegalArgumentException("reserve " + reserve + ": 0 or more");
    }

    public static Protection defaults() {
        return DEFAULTS;
    }

    /// Believes the PROXY header of a peer whose address is `trusted`, such as that of a load balancer.
    public Protection withProxies(Predicate<Endpoint> trusted) {
        return new Protection(Optional.of(trusted), admitted, denied, perAddress, exempt, reserve, memory);
    }

    /// Admits only those, such as [io.hawser.http.TrustedNetworks].
    public Protection withAdmitted(Predicate<Endpoint> changed) {
        return new Protection(proxies, changed, denied, perAddress, exempt, reserve, memory);
    }

    public Protection withDenied(Predicate<Endpoint> changed) {
        return new Protection(proxies, admitted, changed, perAddress, exempt, reserve, memory);
    }

    public Protection withPerAddress(AddressLimits changed) {
        return new Protection(proxies, admitted, denied, changed, exempt, reserve, memory);
    }

    public Protection withExempt(Predicate<Endpoint> changed) {
        return new Protection(proxies, admitted, denied, perAddress, changed, reserve, memory);
    }

    public Protection withReserve(int changed) {
        return new Protection(proxies, admitted, denied, perAddress, exempt, changed, memory);
    }

    public Protection withMemory(MemoryShares changed) {
        return new Protection(proxies, admitted, denied, perAddress, exempt, reserve, changed);
    }
}
