package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.hawser.websocket.Deflate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateAgreementTest {
    private static final Deflate FULL = Deflate.defaults().withTakeover(true, true);

    private static List<Extension> parse(String field) {
        return Extension.parse(Headers.of("e", field).list("e"));
    }

    private static String accept(String offer, Deflate own) {
        return DeflateAgreement.accept(parse(offer), own)
                .map(DeflateAgreement::answer)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "permessage-deflate, permessage-deflate",
        "permessage-deflate; client_max_window_bits, permessage-deflate",
        "'permessage-deflate; client_max_window_bits=10', 'permessage-deflate; client_max_window_bits=10'",
        "'permessage-deflate; server_max_window_bits=\"9\"', 'permessage-deflate; server_max_window_bits=9'",
        "'permessage-deflate; server_no_context_takeover', 'permessage-deflate; server_no_context_takeover'",
        "'x-unknown, permessage-deflate; bad=1, permessage-deflate; server_max_window_bits=12, permessage-deflate',"
                + " 'permessage-deflate; server_max_window_bits=12'",
        "'permessage-deflate; server_max_window_bits', none",
        "'permessage-deflate; server_max_window_bits=16', none",
        "'permessage-deflate; server_max_window_bits=7', none",
        "'permessage-deflate; server_max_window_bits=010', none",
        "'permessage-deflate; client_max_window_bits=abc', none",
        "'permessage-deflate; server_no_context_takeover=1', none",
        "'permessage-deflate; server_no_context_takeover; server_no_context_takeover', none",
        "'permessage-deflate; ;', permessage-deflate",
        "x-webkit-deflate-frame, none",
        "'', none"
    })
    void aServerTakesTheFirstOfferThatMakesSense(String offer, String answer) {
        assertThat(accept(offer, FULL)).isEqualTo(answer);
    }

    @Test
    void aServerNarrowsWhatItDoesNotWant() {
        Deflate own = Deflate.defaults().withWindowBits(10, 11);
        assertThat(accept("permessage-deflate; client_max_window_bits", own))
                .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
                        + " server_max_window_bits=10; client_max_window_bits=11");
        assertThat(accept("permessage-deflate", own)).doesNotContain("client_max_window_bits");
    }

    @Test
    void whatAClientOffersAServerOfOursAcceptsAndBothMeanTheSame() {
        for (Deflate own :
                List.of(FULL, Deflate.defaults(), FULL.withWindowBits(9, 10), FULL.withTakeover(true, false))) {
            DeflateAgreement server = DeflateAgreement.accept(parse(DeflateAgreement.offer(own)), FULL)
                    .orElseThrow();
            DeflateTerms client = DeflateAgreement.agree(parse(server.answer()), Optional.of(own))
                    .orElseThrow();
            assertThat(client.ownTakeover())
                    .isEqualTo(server.terms().peerTakeover())
                    .isEqualTo(own.clientTakeover());
            assertThat(client.peerTakeover())
                    .isEqualTo(server.terms().ownTakeover())
                    .isEqualTo(own.serverTakeover());
            assertThat(client.ownWindowBits()).isEqualTo(own.clientWindowBits());
            assertThat(server.terms().ownWindowBits()).isEqualTo(own.serverWindowBits());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-other",
                "permessage-deflate, permessage-deflate",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; other",
                "permessage-deflate; client_no_context_takeover=1"
            })
    void aClientRefusesAnAnswerThatMakesNoSense(String answer) {
        assertThatThrownBy(() -> DeflateAgreement.agree(parse(answer), Optional.of(FULL)))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    void aClientRefusesLessThanItAskedFor() {
        Deflate own = FULL.withTakeover(false, true).withWindowBits(10, 15);
        for (String answer : List.of(
                "permessage-deflate",
                "permessage-deflate; server_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; server_max_window_bits=11")) {
            assertThatThrownBy(() -> DeflateAgreement.agree(parse(answer), Optional.of(own)))
                    .isInstanceOf(ProtocolError.class);
        }
        assertThatThrownBy(() -> DeflateAgreement.agree(parse("permessage-deflate"), Optional.empty()))
                .isInstanceOf(ProtocolError.class);
    }
}
