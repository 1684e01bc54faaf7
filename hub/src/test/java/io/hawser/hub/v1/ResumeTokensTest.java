package io.hawser.hub.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hawser.Bytes;
import io.hawser.hub.v1.ResumeTokens.Claim;
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
