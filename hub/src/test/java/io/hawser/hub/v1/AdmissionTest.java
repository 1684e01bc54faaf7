package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Position;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.TopicRules;
import io.hawser.hub.HandClock;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Authenticator;
import io.hawser.hub.access.Grant;
import io.hawser.hub.access.Identity;
import io.hawser.hub.access.Permissions;
import io.hawser.internal.session.GreetingHandler;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void whoCannotBeWelcomedIsForgottenLikeEveryoneElse() {
        HandClock clock = new HandClock();
        LocalBackplane local = LocalBackplane.start("n1", TopicRules.defaults());
        Peers peers = new Peers(
                local,
                Subscriptions.over(local),
                () -> List.of(Bytes.ofUtf8("the key of the cluster")),
                new MessageLimit(1000),
                clock,
                Optional::empty);
        Authenticator everybody = new Authenticator(AccessConfig.defaults(), true);
        Calls calls = new Calls(local, peers, new Delivery(peers), everybody);
        Admission admission = new Admission(
                everybody, peers, calls, new GreetingHandler.Terms("hub", 1000, Optional.empty(), Optional.empty()));
        ScriptedSession session = new ScriptedSession("s1");
        session.fault = new IllegalStateException("no buffers");
        Call.Hello hello = new Call.Hello("ann", new Call.Auth("", "", Optional.empty()), "", 0, Map.of(), false);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> admission.hello(session.connection(Notation.JSON), 1, hello));

        assertThat(session.ended).isNotNull();
        assertThat(peers.count()).isOne();
        clock.set(Peers.WINDOW.toNanos());
        peers.sweep();
        assertThat(peers.count()).isZero();
        peers.close();
        local.close();
    }
}
