package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PermissionsRulesTest {
    private static Permissions granting(String... topics) {
        return new Permissions(List.of(Grant.toEveryone(Set.of(Action.SUBSCRIBE), topics)), false);
    }

    @ParameterizedTest
    @CsvSource({
        "room.1, room.1, true",
        "room.1, room.2, false",
        "room.1, room.1.a, false",
        "room.*, room.1, true",
        "room.*, room.*, true",
        "room.*, room.>, false",
        "room.*, room.1.a, false",
        "room.>, room.*, true",
        "room.>, room.>, true",
        "room.>, room.1.*.b, true",
        "room.>, room, false",
        "*.a, room.a, true",
        "*.a, >, false",
        ">, anything.at.all, true",
        ">, $hub.stats, false",
        "*.stats, $hub.stats, false",
        "$hub.>, $hub.stats, true",
        "user.{user}.in, user.ann.in, true",
        "user.{user}.in, user.bob.in, false",
        "user.{user}.in, user.*.in, false"
    })
    void aGrantCoversWhatItsPatternMatchesAndNoMore(String granted, String asked, boolean isAllowed) {
        assertThat(granting(granted).allows(Identity.of("ann"), Action.SUBSCRIBE, asked))
                .isEqualTo(isAllowed);
        assertThat(granting(granted).allows(Identity.of("ann"), Action.PUBLISH, asked))
                .isFalse();
        assertThat(granting(granted).allows(Identity.ADMIN, Action.PUBLISH, asked))
                .isTrue();
    }

    @Test
    void aUserWhoIsCalledAsAWildcardIsIsNotEveryone() {
        assertThat(granting("user.{user}.in").allows(Identity.of("*"), Action.SUBSCRIBE, "user.*.in"))
                .isFalse();
        assertThat(granting("user.{user}.in").allows(Identity.of(">"), Action.SUBSCRIBE, "user.>"))
                .isFalse();
    }

    @Test
    void aGrantThatSaysNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Grant.toEveryone(Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Grant.toEveryone(Set.of(Action.SUBSCRIBE)));
        assertThatIllegalArgumentException().isThrownBy(() -> Grant.toEveryone(Set.of(Action.WHO), "a..b"));
    }
}
