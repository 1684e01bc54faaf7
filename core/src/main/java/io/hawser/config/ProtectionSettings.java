package io.hawser.config;

import io.hawser.http.TrustedNetworks;
import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.MemoryShares;
import io.hawser.tcp.Protection;
import java.util.List;

/// Whom a server keeps out, and how much one address may ask of it. Networks are written as `10.0.0.0/8`,
/// `2001:db8::/32` or a single address.
///
/// @param admitted networks that may connect; empty for all
/// @param denied networks that may not, though admitted; closed without an answer
/// @param proxies networks that are believed to say for whom they open a connection, by the PROXY protocol
/// @param exempt networks whose addresses have no limits of their own
/// @param perAddress what an IPv4 address, or an IPv6 network of 64 bits, may ask
/// @param reserve connections beyond the most of all, kept for health and operators
/// @param memory how much of the heap all connections may hold together
public record ProtectionSettings(
        List<String> admitted,
        List<String> denied,
        List<String> proxies,
        List<String> exempt,
        AddressLimits perAddress,
        int reserve,
        MemoryShares memory) {
    private static final ProtectionSettings DEFAULTS = new ProtectionSettings(
            List.of(),
            List.of(),
            List.of(),
            List.of("127.0.0.0/8", "::1"),
            AddressLimits.defaults(),
            Protection.defaults().reserve(),
            MemoryShares.defaults());

    public ProtectionSettings {
        admitted = checked("admitted", admitted);
        denied = checked("denied", denied);
        proxies = checked("proxies", proxies);
        exempt = checked("exempt", exempt);
        if (reserve < 0) throw new IllegalArgumentException("reserve " + reserve + ": 0 or more");
    }

    private static List<String> checked(String name, List<String> networks) {
        try {
            var _ = networks(networks);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " " + e.getMessage(), e);
        }
        return List.copyOf(networks);
    }

    private static TrustedNetworks networks(List<String> texts) {
        return TrustedNetworks.of(texts.toArray(String[]::new));
    }

    public static ProtectionSettings defaults() {
        return DEFAULTS;
    }

    /// As servers take it.
    public Protection toProtection() {
        Protection protection = Protection.defaults()
                .withDenied(networks(denied))
                .withExempt(networks(exempt))
                .withPerAddress(perAddress)
                .withReserve(reserve)
                .withMemory(memory);
        if (!admitted.isEmpty()) protection = protection.withAdmitted(networks(admitted));
        return proxies.isEmpty() ? protection : protection.withProxies(networks(proxies));
    }
}
