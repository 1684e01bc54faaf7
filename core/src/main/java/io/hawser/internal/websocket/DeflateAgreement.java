package io.hawser.internal.websocket;

import io.hawser.ProtocolError;
import io.hawser.websocket.Deflate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How the two sides agree on permessage-deflate: the client offers, the server narrows and answers.
///
/// @param terms for the side that agreed
/// @param answer what a server says of it; empty for a client
///
/// Source: RFC 7692, sections 5 and 7.1
record DeflateAgreement(DeflateTerms terms, String answer) {
    static final String NAME = "permessage-deflate";

    private static final String SERVER_ALONE = "server_no_context_takeover";
    private static final String CLIENT_ALONE = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final Set<String> PARAMETERS = Set.of(SERVER_ALONE, CLIENT_ALONE, SERVER_WINDOW, CLIENT_WINDOW);
    private static final int FULL_WINDOW = 15;
    private static final int LEAST_WINDOW = 8;

    /// What a server agrees to: the first offer that makes sense.
    static Optional<DeflateAgreement> accept(List<Extension> offers, Deflate own) {
        return offers.stream()
                .filter(offer -> offer.name().equals(NAME) && isSound(offer.parameters(), true))
                .findFirst()
                .map(offer -> accept(offer.parameters(), own));
    }

    private static DeflateAgreement accept(Map<String, String> offer, Deflate own) {
        boolean serverTakeover = own.serverTakeover() && !offer.containsKey(SERVER_ALONE);
        boolean clientTakeover = own.clientTakeover() && !offer.containsKey(CLIENT_ALONE);
        int serverWindow = Math.min(own.serverWindowBits(), window(offer, SERVER_WINDOW));
        StringBuilder answer = new StringBuilder(NAME);
        if (!serverTakeover) answer.append("; ").append(SERVER_ALONE);
        if (!clientTakeover) answer.append("; ").append(CLIENT_ALONE);
        if (serverWindow < FULL_WINDOW)
            answer.append("; ").append(SERVER_WINDOW + "=").append(serverWindow);
        int clientWindow = Math.min(own.clientWindowBits(), window(offer, CLIENT_WINDOW));
        if (clientWindow < FULL_WINDOW && offer.containsKey(CLIENT_WINDOW)) {
            answer.append("; ").append(CLIENT_WINDOW + "=").append(clientWindow);
        }
        return new DeflateAgreement(
                new DeflateTerms(
                        own.level(), own.minBytes(), own.maxBytes(), serverTakeover, serverWindow, clientTakeover),
                answer.toString());
    }

    /// What a client offers.
    static String offer(Deflate own) {
        StringBuilder offer = new StringBuilder(NAME);
        if (!own.serverTakeover()) offer.append("; ").append(SERVER_ALONE);
        if (!own.clientTakeover()) offer.append("; ").append(CLIENT_ALONE);
        if (own.serverWindowBits() < FULL_WINDOW) {
            offer.append("; ").append(SERVER_WINDOW + "=").append(own.serverWindowBits());
        }
        offer.append("; ").append(CLIENT_WINDOW);
        if (own.clientWindowBits() < FULL_WINDOW) offer.append('=').append(own.clientWindowBits());
        return offer.toString();
    }

    /// What a client makes of the server's answer to [#offer].
    ///
    /// @return empty if the server wants no compression
    /// @throws ProtocolError if it answers what was not offered
    static Optional<DeflateTerms> agree(List<Extension> answers, Optional<Deflate> offered) {
        if (answers.isEmpty()) return Optional.empty();
        Deflate own = offered.orElseThrow(() -> refused("an extension that was not offered"));
        Extension answer = answers.getFirst();
        if (answers.size() > 1 || !answer.name().equals(NAME)) throw refused("an extension that was not offered");
        Map<String, String> said = answer.parameters();
        if (!isSound(said, false)) throw refused("parameters that make no sense");
        if (!own.serverTakeover() && !said.containsKey(SERVER_ALONE)) throw refused("no " + SERVER_ALONE);
        if (window(said, SERVER_WINDOW) > own.serverWindowBits()) throw refused("too wide a window");
        return Optional.of(new DeflateTerms(
                own.level(),
                own.minBytes(),
                own.maxBytes(),
                own.clientTakeover() && !said.containsKey(CLIENT_ALONE),
                Math.min(own.clientWindowBits(), window(said, CLIENT_WINDOW)),
                !said.containsKey(SERVER_ALONE)));
    }

    private static ProtocolError refused(String what) {
        return new ProtocolError(CloseCode.PROTOCOL_ERROR, "the server answered with " + what, "RFC 7692, section 7.1");
    }

    /// Only an offer may name the client's window without a width: as a hint that it can do with less.
    private static boolean isSound(Map<String, String> parameters, boolean isOffer) {
        if (!PARAMETERS.containsAll(parameters.keySet())) return false;
        if (!parameters.getOrDefault(SERVER_ALONE, "").isEmpty()) return false;
        if (!parameters.getOrDefault(CLIENT_ALONE, "").isEmpty()) return false;
        return isWindow(parameters, SERVER_WINDOW, false) && isWindow(parameters, CLIENT_WINDOW, isOffer);
    }

    private static boolean isWindow(Map<String, String> parameters, String name, boolean mayBeEmpty) {
        String value = parameters.get(name);
        if (value == null) return true;
        if (value.isEmpty()) return mayBeEmpty;
        return value.length() <= 2
                && value.chars().allMatch(c -> c >= '0' && c <= '9')
                && value.charAt(0) != '0'
                && Integer.parseInt(value) >= LEAST_WINDOW
                && Integer.parseInt(value) <= FULL_WINDOW;
    }

    private static int window(Map<String, String> parameters, String name) {
        String value = parameters.getOrDefault(name, "");
        return value.isEmpty() ? FULL_WINDOW : Integer.parseInt(value);
    }
}
