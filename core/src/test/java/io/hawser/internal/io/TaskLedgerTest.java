package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskLedgerTest {
    private final TaskLedger ledger = new TaskLedger();

    @Test
    void aDrainSeesWhatHasBegunAndRefusesTheRest() {
        assertThat(ledger.begin()).isTrue();
        assertThat(ledger.begin()).isTrue();
        assertThat(ledger.startDraining()).isEqualTo(2);
        assertThat(ledger.begin()).isFalse();
        assertThat(ledger.isOpen()).isFalse();
        assertThat(ledger.finish()).isTrue();
        assertThat(ledger.finish()).isTrue();
        ledger.awaitNothingPending(Deadline.none());
        assertThat(ledger.cut()).isZero();
    }

    @Test
    void whatFinishesAfterTheCutIsToldSo() {
        ledger.begin();
        ledger.begin();
        ledger.finish();
        assertThat(ledger.cut()).isEqualTo(1);
        assertThat(ledger.isCut()).isTrue();
        assertThat(ledger.finish()).isFalse();
        assertThat(ledger.cut()).isZero();
        assertThat(ledger.cutTasks()).isEqualTo(1);
    }

    @Test
    void theWaitEndsAtTheDeadlineAndAtTheCut() {
        ledger.begin();
        ledger.startDraining();
        ledger.awaitNothingPending(Deadline.after(Duration.ZERO));
        ledger.cut();
        ledger.awaitNothingPending(Deadline.none());
        assertThat(ledger.cutTasks()).isEqualTo(1);
    }
}
