package io.hawser.http;

import io.hawser.Endpoint;
import io.hawser.internal.http.ForwardedElements;
import io.hawser.internal.http.ForwardedElements.Hop;
import io.hawser.internal.http.Names;
import java.util.List;

/// Believes what proxies of one's own say about where a request comes from: client, scheme and host.
///
/// The chain of proxies is followed from the near end for as long as each hop is trusted; the first that is not
/// is the
/// client, whatever it claims about itself. A hop that hides its address ends the chain before it.
///
/// @param proxies the networks of one's own proxies
/// @param fields which fields these proxies set. The others are ignored, since a proxy that does not know a
/// field lets
///     through what the client wrote into it
///
/// Source: RFC 7239
public record Forwarding(TrustedNetworks proxies, Fields fields) implements Filter {
    /// Which fields tell.
    public enum Fields {
        /// `Forwarded`
        FORWARDED,
        /// `X-Forwarded-For`, `X-Forwarded-Proto`, `X-Forwarded-Host`
        X_FORWARDED
    }

    /// Believes `X-Forwarded-...` of `proxies`.
    public static Forwarding from(TrustedNetworks proxies) {
        return new Forwarding(proxies, Fields.X_FORWARDED);
    }

    public Forwarding withFields(Fields changed) {
        return new Forwarding(proxies, changed);
    }

    /// Whether any field shows that a proxy stands in front, trusted or not.
    public static boolean isForwarded(Request request) {
        return ForwardedElements.FIELDS.stream().anyMatch(request.headers()::has);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        return next.handle(proxies.contains(request.remote()) ? believed(request) : request);
    }

    private Request believed(Request request) {
        List<Hop> hops = fields == Fields.FORWARDED
                ? ForwardedElements.standard(request.headers())
                : ForwardedElements.customary(request.headers());
        Endpoint client = request.remote();
        Hop nearest = Hop.UNKNOWN;
        for (int i = hops.size() - 1; i >= 0 && proxies.contains(client); i--) {
            Hop hop = hops.get(i);
            if (hop.client().isEmpty()) break;
            client = hop.client().get();
            nearest = hop;
        }
        Peer peer = request.peer().withRemote(client);
        if (!nearest.scheme().isEmpty()) peer = peer.withScheme(nearest.scheme());
        Request believed = request.withPeer(peer);
        return nearest.host().isEmpty() ? believed : believed.withHeader(Names.HOST, nearest.host());
    }
}
