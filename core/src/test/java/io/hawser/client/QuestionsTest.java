package io.hawser.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class QuestionsTest {
    private final WireState state = new WireState();
    private final Questions questions = new Questions(state, Duration.ofMillis(200));

    /// A connection that takes nothing, though nobody has noticed yet.
    private static class BrokenWire implements HubWire {
        int asked;

        @Override
        public void send(Bytes map, boolean isData) {
            if (++asked > 100) throw new AssertionError("asked again and again");
            throw new SessionClosed(1006, "lost", Processed.NO);
        }

        @Override
        public Bytes receive() {
            throw new AssertionError("nobody reads here");
        }

        @Override
        public void close() {}
    }

    /// One whose hub answers at once.
    private final class GoodWire extends BrokenWire {
        final List<JsonNode> heard = new ArrayList<>();

        @Override
        public void send(Bytes map, boolean isData) {
            JsonNode question = Requests.decode(map);
            heard.add(question);
            questions.answer(question.path("id").asLong(), Requests.body().put("ok", true));
        }
    }

    private JsonNode ask(boolean isRepeatable) {
        return questions.ask(() -> Requests.request("who", Requests.topic("room.1")), isRepeatable);
    }

    @Test
    void aConnectionThatIsBrokenIsNotAskedAgain() {
        BrokenWire broken = new BrokenWire();
        state.connected(broken);
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> ask(true))
                .matches(late -> late.processed() == Processed.MAYBE);
        assertThat(broken.asked).isEqualTo(1);
    }

    @Test
    void theNextConnectionIsAsked() {
        GoodWire good = new GoodWire();
        BrokenWire broken = new BrokenWire() {
            @Override
            public void send(Bytes map, boolean isData) {
                state.disconnected();
                state.connected(good);
                super.send(map, isData);
            }
        };
        state.connected(broken);
        assertThat(ask(true).path("ok").asBoolean()).isTrue();
        assertThat(broken.asked).isEqualTo(1);
        assertThat(good.heard).hasSize(1);
    }

    @Test
    void whatMustNotBeAskedTwiceIsAskedOnce() {
        BrokenWire broken = new BrokenWire();
        state.connected(broken);
        assertThatExceptionOfType(ConnectionLost.class)
                .isThrownBy(() -> ask(false))
                .matches(lost -> lost.processed() == Processed.MAYBE);
        assertThat(broken.asked).isEqualTo(1);
    }

    /// One whose hub has no time now.
    private final class BusyWire extends BrokenWire {
        @Override
        public void send(Bytes map, boolean isData) {
            ObjectNode busy = Requests.body();
            busy.putObject("err").put("code", 503).put("msg", "not now").put("retry", 60_000);
            questions.answer(Requests.decode(map).path("id").asLong(), busy);
        }
    }

    @Test
    void ofAMessageThatTheHubCannotTakeNowNobodyKnowsWhetherItWasPublished() {
        state.connected(new BusyWire());
        assertThatExceptionOfType(ConnectionLost.class)
                .isThrownBy(() -> questions.ask(() -> Requests.request("pub", Requests.topic("room.1")), true))
                .withMessageContaining("503 not now")
                .matches(lost -> lost.processed() == Processed.MAYBE);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> ask(true))
                .withMessageContaining("503 not now")
                .matches(rejected -> rejected.processed() == Processed.NO);
    }
}
