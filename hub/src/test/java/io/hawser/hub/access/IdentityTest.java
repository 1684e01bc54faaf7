package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class IdentityTest {
    @Test
    void aUserHasANameOfOneLine() {
        assertThat(Identity.isName("ann")).isTrue();
        assertThat(Identity.isName("x".repeat(200))).isTrue();
        assertThat(Identity.isName("")).isFalse();
        assertThat(Identity.isName("x".repeat(201))).isFalse();
        assertThat(Identity.isName("ann\nb")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.of("ann\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.of("x".repeat(201)));
    }
}
