package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Position;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Grant;
import io.hawser.hub.access.Identity;
import io.hawser.hub.access.Permissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private static final Position AT = new Position("e", 7, "g");

    @Test
    void onlyWhoMaySeeTheHistoryGoesBack() {
        Permissions permissions = new Permissions(
                List.of(
                        new Grant(Set.of("ann"), EnumSet.of(Action.SUBSCRIBE), List.of(">")),
                        new Grant(Set.of("ann"), EnumSet.of(Action.HISTORY), List.of("a"))),
                false);
        Map<String, Position> said = Map.of("a", AT, "b", AT);
        assertThat(Admission.replayable(permissions, Identity.of("ann"), said)).containsOnlyKeys("a");
        assertThat(Admission.replayable(permissions, Identity.ADMIN, said)).isEqualTo(said);
    }

    @Test
    void aheadIsWhatBringsNothingAgain() {
        assertThat(Admission.isAhead(AT, AT)).isTrue();
        assertThat(Admission.isAhead(new Position("e", 6, "g"), AT)).isFalse();
        assertThat(Admission.isAhead(new Position("f", 8, "g"), AT)).isFalse();
    }
}
