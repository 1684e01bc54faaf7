package io.hawser.hub.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hawser.Bytes;
import io.hawser.hub.v1.ResumeTokens.Claim;
import io.hawser.internal.http.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ResumeTokensTest {
    private static final Bytes OLD = Bytes.ofUtf8("the old key of the cluster");
    private static final Bytes NEW = Bytes.ofUtf8("the new key of the cluster");

    private final Claim claim = new Claim("n1", "s1", "ann\nand her line feed", 7);

    @Test
    void whatWasIssuedIsGoodAndWhatWasChangedIsNot() {
        ResumeTokens tokens = new ResumeTokens(() -> List.of(OLD));
        String token = tokens.issue(claim);
        assertEquals(Optional.of(claim), tokens.verify(token));
        assertEquals(Optional.empty(), tokens.verify("A" + token.substring(1)));
        assertEquals(Optional.empty(), tokens.verify(token.substring(0, token.indexOf('.') + 1)));
        assertEquals(Optional.empty(), new ResumeTokens(() -> List.of(NEW)).verify(token));
    }

    private static String token(String payload, byte[] mac) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + '.' + encoder.encodeToString(mac);
    }

    @Test
    void whatTheKeySignsAsAnythingElseIsNoToken() {
        ResumeTokens tokens = new ResumeTokens(() -> List.of(OLD));
        // As in an envelope between nodes, of which somebody has chosen what follows the first line feed.
        String payload = "\0\0\0\0\0\0\0\0\0id of 16 bytes..\0\3one\0\3two...\ns1\n7\nann";
        Bytes content = Bytes.ofUtf8(payload);
        Hmac key = Hmac.of(OLD);
        assertEquals(Optional.empty(), tokens.verify(token(payload, key.sign(Bytes.ofUtf8("hawser node\0"), content))));
        assertEquals(Optional.empty(), tokens.verify(token(payload, key.sign(content))));
        assertEquals(
                "s1",
                tokens.verify(token(payload, signed(payload))).orElseThrow().sid());
    }

    private static byte[] signed(String payload) {
        return Hmac.of(OLD).sign(Bytes.ofUtf8("hawser resume\0"), Bytes.ofUtf8(payload));
    }

    @Test
    void whatIsSignedAndHasAnotherShapeIsNoToken() {
        ResumeTokens tokens = new ResumeTokens(() -> List.of(OLD));
        for (String payload : List.of(
                "", "n1", "n1\ns1\n7", "n1\ns1\nseven\nann", "n1\ns1\n\nann", "n1\ns1\n9223372036854775808\nann")) {
            assertEquals(Optional.empty(), tokens.verify(token(payload, signed(payload))), payload);
        }
        assertEquals(
                7,
                tokens.verify(token("n1\ns1\n7\n", signed("n1\ns1\n7\n")))
                        .orElseThrow()
                        .generation());
    }

    @Test
    void aTokenStaysGoodWhenAnotherKeyComesBeforeItsOwnWhichSignsTheNext() {
        AtomicReference<List<Bytes>> keys = new AtomicReference<>(List.of(OLD));
        ResumeTokens tokens = new ResumeTokens(keys::get);
        String before = tokens.issue(claim);
        keys.set(List.of(NEW, OLD));
        assertEquals(Optional.of(claim), tokens.verify(before));
        String after = tokens.issue(claim);
        assertEquals(Optional.of(claim), new ResumeTokens(() -> List.of(NEW)).verify(after));
        assertEquals(Optional.empty(), new ResumeTokens(() -> List.of(OLD)).verify(after));
    }

    @Test
    void aShortKeySignsNothing() {
        assertThrows(
                IllegalArgumentException.class, () -> new ResumeTokens(() -> List.of(Bytes.ofUtf8("15 bytes, or so"))));
    }
}
