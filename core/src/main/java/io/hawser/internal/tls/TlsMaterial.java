package io.hawser.internal.tls;

import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.hawser.TlsTrust;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the settings of one side refer to, read and checked.
///
/// @param trust the certificates to trust; empty for those of the JDK
/// @param crls what their authorities have revoked; empty where nobody looks at that
public record TlsMaterial(Optional<TlsIdentity.InMemory> identity, List<X509Certificate> trust, List<X509CRL> crls) {
    /// Looks whether the files that `tls` refers to are there and can be used.
    ///
    /// @throws io.hawser.StartupFailed if one cannot
    public static void check(Tls tls) {
        var _ = of(tls, TlsFiles.read(files(tls)));
    }

    /// The files that `tls` refers to.
    static List<Path> files(Tls tls) {
        List<Path> files = new ArrayList<>();
        if (tls.identity().orElse(null) instanceof TlsIdentity.PemFiles pem) {
            files.add(pem.certificateChain());
            files.add(pem.privateKey());
        }
        if (authorities(tls.trust()) instanceof TlsTrust.PemFile pem) files.add(pem.pem());
        if (unpinned(tls.trust()) instanceof TlsTrust.Unrevoked checked) files.add(checked.crls());
        return List.copyOf(files);
    }

    /// Pins are looked at when the handshake is done.
    private static TlsTrust unpinned(TlsTrust trust) {
        return trust instanceof TlsTrust.Pinned pinned ? pinned.trust() : trust;
    }

    /// Who is trusted, whatever else is asked of a chain.
    private static TlsTrust authorities(TlsTrust trust) {
        return unpinned(trust) instanceof TlsTrust.Unrevoked checked ? checked.trust() : unpinned(trust);
    }

    /// What `tls` refers to, in `files`.
    ///
    /// @param files what [#files] held
    static TlsMaterial of(Tls tls, TlsFiles files) {
        Optional<TlsIdentity.InMemory> identity = tls.identity()
                .map(given -> given instanceof TlsIdentity.PemFiles pem
                        ? PemIdentity.load(pem, files)
                        : (TlsIdentity.InMemory) given);
        List<X509CRL> crls = unpinned(tls.trust()) instanceof TlsTrust.Unrevoked checked
                ? PemIdentity.crls(files, checked.crls(), "TLS revocation lists")
                : List.of();
        return new TlsMaterial(identity, trusted(authorities(tls.trust()), files), crls);
    }

    private static List<X509Certificate> trusted(TlsTrust trust, TlsFiles files) {
        if (trust instanceof TlsTrust.SystemStore) return List.of();
        if (trust instanceof TlsTrust.PemFile pem) return PemIdentity.certificates(files, pem.pem(), "TLS trust");
        if (trust instanceof TlsTrust.Certificates given) return given.certificates();
        throw new AssertionError("pins and revocation lists are no trust by themselves");
    }
}
