package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.Rate;
import io.hawser.testing.FakeTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AddressTableTest {
    private final FakeTime time = new FakeTime();
    private final AddressTable table = new AddressTable(
            AddressLimits.defaults().withArrivals(Rate.of(1, 1)).withMaxRemembered(10), time, new ShedCounts());

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    }

    private AddressAccount visit(int last) throws UnknownHostException {
        AddressAccount account = table.enter(address(last));
        var _ = account.mayArrive();
        account.leave();
        return account;
    }

    @Test
    void whoComesBackAtOnceHasUsedWhatItUsed() throws UnknownHostException {
        AddressAccount account = visit(1);
        assertThat(table.enter(address(1))).isSameAs(account);
        assertThat(account.mayArrive()).isFalse();
    }

    @Test
    void whoIsAsNewIsForgotten() throws UnknownHostException {
        visit(1);
        visit(2);
        time.pass(Duration.ofSeconds(1));
        visit(3);
        assertThat(table.size()).isEqualTo(1);
        table.enter(address(4)).leave();
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void atTheBoundWhoLeftLongestAgoIsForgottenAndNobodyWhoIsHere() throws UnknownHostException {
        AddressAccount here = table.enter(address(200));
        AddressAccount first = visit(1);
        AddressAccount second = visit(2);
        for (int i = 3; i <= 11; i++) visit(i);
        assertThat(table.size()).isEqualTo(11);
        assertThat(table.enter(address(1))).isNotSameAs(first);
        assertThat(table.enter(address(2))).isSameAs(second);
        assertThat(table.enter(address(200))).isSameAs(here);
    }
}
