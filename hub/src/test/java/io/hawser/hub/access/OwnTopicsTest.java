package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OwnTopicsTest {
    private static final String OWN = "$hub.stats";
    private static final Identity ANN = Identity.of("ann");

    @Test
    void theHubsOwnTopicsAreForAdministrators() {
        Permissions permissions = new Permissions(List.of(), false);
        assertThat(permissions.allows(ANN, Action.SUBSCRIBE, "room.1")).isTrue();
        assertThat(permissions.allows(ANN, Action.SUBSCRIBE, OWN)).isFalse();
        assertThat(permissions.allows(Identity.ANYONE, Action.SUBSCRIBE, OWN)).isFalse();
        assertThat(permissions.allows(Identity.ADMIN, Action.SUBSCRIBE, OWN)).isTrue();
    }

    @Test
    void whereEveryoneIsAnAdministratorTheyAreForEveryone() {
        assertThat(new Permissions(List.of(), true).allows(Identity.ANYONE, Action.SUBSCRIBE, OWN))
                .isTrue();
    }

    @Test
    void theyCanBeGrantedByName() {
        Permissions permissions =
                new Permissions(List.of(Grant.toEveryone(Set.of(Action.SUBSCRIBE), ">", "$hub.>")), false);
        assertThat(permissions.allows(ANN, Action.SUBSCRIBE, OWN)).isTrue();
        Permissions wild = new Permissions(List.of(Grant.toEveryone(Set.of(Action.SUBSCRIBE), ">")), false);
        assertThat(wild.allows(ANN, Action.SUBSCRIBE, OWN)).isFalse();
    }
}
