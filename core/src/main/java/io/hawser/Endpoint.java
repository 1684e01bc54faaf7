package io.hawser;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A host and a port: `example.com:443`, `192.0.2.1:80`, `[2001:db8::1]:9000`, `[fe80::1%eth0]:9000`; or a
/// socket in the file system of this machine: `unix:/run/app.sock`.
///
/// Text has one reading here, unlike in the JDK: `127.1`, `010.0.0.1` and `2130706433` are refused, not
/// guessed at.
///
/// Shape: a host name is ASCII labels of letters, digits, `-` and `_` (no rule allows the underscore, but
/// container networks and service records use it), at most 63 characters each and 253 in all; a trailing dot,
/// which keeps resolvers from appending a search domain, is kept. International names are given in their
/// `xn--` form: the JDK only has the conversion of 2003, which sends some names elsewhere than browsers do. A
/// last label that is a number makes it an IPv4 address, which is four decimal numbers without leading zeros.
/// An IPv6 address stands in brackets. Equality is that of the canonical form: names in lower case, IPv6 in
/// the shortest text.
///
/// A Unix-domain socket has an absolute path of at most 103 bytes, without a comma; its [#host()] is that
/// path and its port 0.
///
/// Errors: text that does not fit is an [IllegalArgumentException] that names the character and its index.
///
/// Thread: immutable, safe from any.
///
/// Source: RFC 1123 section 2.1, RFC 4291 section 2.2, RFC 4007 section 11, RFC 5952.
public final class Endpoint {
    static final int MAX_PORT = 65535;
    private static final String UNIX = "unix:";

    /// What fits with its end into macOS's `sun_path`; Linux takes four more.
    private static final int MAX_PATH_BYTES = 103;

    private final String host;
    private final int port;
    private final boolean ipLiteral;

    /// @param host in canonical form
    Endpoint(String host, int port, boolean ipLiteral) {
        this.host = host;
        this.port = port;
        this.ipLiteral = ipLiteral;
    }

    /// Parses `host:port` or `unix:/path`.
    public static Endpoint parse(String text) {
        return new EndpointParser(text).endpoint();
    }

    /// Parses `host:port`, or `host` alone, which gets `defaultPort`.
    public static Endpoint parse(String text, int defaultPort) {
        return new EndpointParser(text).endpoint(checkPort(defaultPort));
    }

    /// Parses `host:port,host:port,...`; spaces around the commas do not count, order and repetitions are
    /// kept.
    public static List<Endpoint> list(String text) {
        return new EndpointParser(text).list();
    }

    /// The endpoint at `host` and `port`.
    ///
    /// @param host a name or an IP address, IPv6 with or without brackets
    /// @param port 0 to 65535, where 0 lets a server choose a free one
    public static Endpoint of(String host, int port) {
        return new EndpointParser(host).host(checkPort(port));
    }

    /// The Unix-domain socket at `path`.
    public static Endpoint unix(Path path) {
        return unix(path.toString());
    }

    static Endpoint unix(String path) {
        if (!path.startsWith("/") && !Path.of(path).isAbsolute()) {
            throw new IllegalArgumentException("socket path '" + path + "': not absolute");
        }
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == ',' || Character.isISOControl(path.charAt(i))) {
                throw new IllegalArgumentException("socket path: no comma and no control character, as at index " + i);
            }
        }
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES) {
            throw new IllegalArgumentException(
                    "socket path of " + bytes + " bytes: at most " + MAX_PATH_BYTES + ", not " + path);
        }
        return new Endpoint(UNIX + path, 0, false);
    }

    static boolean isUnixText(String text) {
        return text.startsWith(UNIX + "/");
    }

    /// The endpoint of a socket address. One that is not resolved is its host name.
    public static Endpoint of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) return of(address.getHostString(), address.getPort());
        return new Endpoint(IpLiteral.print(ip.getAddress()) + zone(ip), address.getPort(), true);
    }

    private static String zone(InetAddress ip) {
        if (!(ip instanceof Inet6Address scoped) || !ip.isLinkLocalAddress()) return "";
        if (scoped.getScopedInterface() != null) {
            return "%" + scoped.getScopedInterface().getName();
        }
        return scoped.getScopeId() == 0 ? "" : "%" + scoped.getScopeId();
    }

    private static int checkPort(int port) {
        if (port < 0) throw new IllegalArgumentException("port " + port + ": at least 0");
        if (port > MAX_PORT) throw new IllegalArgumentException("port " + port + ": at most " + MAX_PORT);
        return port;
    }

    /// The name in lower case or the IP address in canonical text, IPv6 without brackets and with its zone.
    public String host() {
        return isUnix() ? host.substring(UNIX.length()) : host;
    }

    /// Whether this is a socket in the file system.
    public boolean isUnix() {
        return host.startsWith(UNIX);
    }

    /// Where the socket is in the file system, empty for a host and port.
    public Optional<Path> path() {
        return isUnix() ? Optional.of(Path.of(host())) : Optional.empty();
    }

    public int port() {
        return port;
    }

    /// A Unix-domain socket has no port, and stays as it is.
    public Endpoint withPort(int newPort) {
        return newPort == port || isUnix() ? this : new Endpoint(host, checkPort(newPort), ipLiteral);
    }

    /// Whether the host is an IP address rather than a name.
    public boolean isIpLiteral() {
        return ipLiteral;
    }

    /// Whether this is the machine itself: 127.0.0.0/8, `::1`, `localhost` or a name under it, or a
    /// Unix-domain socket. Asks no resolver.
    ///
    /// Source: RFC 6761 section 6.3
    public boolean isLoopback() {
        return ipLiteral ? IpLiteral.isLoopback(host) : isUnix() || isLocalhostName();
    }

    private boolean isLocalhostName() {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /// Looks the host up with the system's resolver; see [#resolve(Resolver)].
    public List<InetSocketAddress> resolve() {
        return resolve(Resolver.system());
    }

    /// All addresses of the host, at least one, in the order in which to try them: that of the resolver, with
    /// the two families taking turns so that a broken one costs one attempt.
    ///
    /// IP addresses and localhost names are never asked for. Other names are looked up on a thread of their
    /// own, because the JDK's look-up cannot be interrupted; callers that ask for the same name share one
    /// look-up. At most 64 run at a time, and a caller waits at most 30 seconds, its [Deadline] permitting.
    ///
    /// Errors: [IllegalStateException] for a Unix-domain socket, [ConnectFailed] if the name does not resolve
    /// or the 30 seconds are over, [Rejected] if by then no look-up could begin, [DeadlineExceeded],
    /// [Cancelled] on an interrupt.
    ///
    /// Source: RFC 8305 section 4
    public List<InetSocketAddress> resolve(Resolver resolver) {
        if (ipLiteral) return List.of(new InetSocketAddress(IpLiteral.toAddress(host), port));
        return addresses(resolver).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private List<InetAddress> addresses(Resolver resolver) {
        if (isUnix()) throw new IllegalStateException(this + " is no host");
        // IPv4 first: what binds to the first address of "localhost" is then found by those that know only IPv4.
        if (isLocalhostName()) return List.of(IpLiteral.toAddress("127.0.0.1"), IpLiteral.toAddress("::1"));
        return Families.interleaved(Lookups.shared().find(resolver, host));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that && port == that.port && host.equals(that.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /// `host:port` or `unix:/path`, which parses back to an equal endpoint.
    @Override
    public String toString() {
        if (isUnix()) return host;
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    static Endpoint named(String name, int port) {
        return new Endpoint(name.toLowerCase(Locale.ROOT), port, false);
    }
}
