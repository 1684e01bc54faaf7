package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.internal.link.Addresses;
import io.hawser.internal.link.ReadQuota;
import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import io.hawser.tcp.Rate;
import io.hawser.tcp.ShedCause;
import io.hawser.testing.FakeTime;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DoorTest {
    private static final String ADDRESS = "192.0.2.1";

    private final FakeTime time = new FakeTime();
    private final List<EmbeddedChannel> opened = new ArrayList<>();
    private Door door = door(limits -> limits);

    private Door door(UnaryOperator<AddressLimits> change) {
        return new Door(config(protection -> protection.withPerAddress(change.apply(AddressLimits.defaults()))), time);
    }

    private static ListenConfig config(UnaryOperator<Protection> change) {
        return ListenConfig.on("127.0.0.1:0").withProtection(change.apply(Protection.defaults()));
    }

    @AfterEach
    void close() {
        opened.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    private EmbeddedChannel channelFrom(String address) {
        EmbeddedChannel channel = new EmbeddedChannel();
        opened.add(channel);
        Addresses.remote(channel, Endpoint.of(address, 50_000));
        return channel;
    }

    private EmbeddedChannel arrive(String address) {
        EmbeddedChannel channel = channelFrom(address);
        if (!door.arrives(channel)) channel.close();
        return channel;
    }

    private EmbeddedChannel settled(String address) {
        EmbeddedChannel channel = arrive(address);
        door.settled(channel);
        return channel;
    }

    private static Visitor visitor(EmbeddedChannel channel) {
        return Objects.requireNonNull(Visitor.of(channel));
    }

    private static @Nullable Refusal refusal(EmbeddedChannel channel) {
        return visitor(channel).refusal();
    }

    private long count(ShedCause cause) {
        return Objects.requireNonNull(door.shed().get(cause));
    }

    @Test
    void overTheRateOfItsAddressAConnectionIsToldSoUntilTimeHasPassed() {
        for (int i = 0; i < 100; i++) assertThat(refusal(settled(ADDRESS))).isNull();
        assertThat(refusal(arrive(ADDRESS))).isEqualTo(Refusal.TOO_OFTEN);
        assertThat(refusal(arrive("192.0.2.2"))).isNull();
        time.pass(Duration.ofMillis(20));
        assertThat(refusal(arrive(ADDRESS))).isNull();
        assertThat(refusal(arrive(ADDRESS))).isEqualTo(Refusal.TOO_OFTEN);
        assertThat(count(ShedCause.ADDRESS_ARRIVALS)).isEqualTo(2);
        assertThat(door.connectionCount()).isEqualTo(102);
    }

    @Test
    void ofOneAddressTheOldestThatHasNotGreetedGoesFirst() {
        door = door(limits -> limits.withMaxConnections(2));
        EmbeddedChannel greeted = settled(ADDRESS);
        EmbeddedChannel silent = arrive(ADDRESS);
        EmbeddedChannel elsewhere = arrive("192.0.2.2");
        EmbeddedChannel next = settled(ADDRESS);
        assertThat(silent.isOpen()).isFalse();
        assertThat(refusal(next)).isNull();
        assertThat(refusal(arrive(ADDRESS))).isEqualTo(Refusal.FULL);
        assertThat(elsewhere.isOpen()).isTrue();
        greeted.close();
        assertThat(refusal(arrive(ADDRESS))).isNull();
        assertThat(door.shed()).containsAllEntriesOf(Map.of(ShedCause.NEWCOMER, 1L, ShedCause.ADDRESS_CONNECTIONS, 1L));
    }

    @Test
    void ofIpv6ANetworkOf64BitsIsOneAddress() {
        door = door(limits -> limits.withMaxConnections(1));
        settled("2001:db8:0:1::1");
        assertThat(refusal(arrive("2001:db8:0:1:ffff::2"))).isEqualTo(Refusal.FULL);
        assertThat(refusal(arrive("2001:db8:0:2::1"))).isNull();
    }

    @Test
    void thisMachineHasNoLimitsUnlessItIsAskedFor() {
        door = door(limits -> limits.withMaxConnections(1).withArrivals(Rate.of(1, 1)));
        for (int i = 0; i < 10; i++) assertThat(refusal(settled("127.0.0.1"))).isNull();
        assertThat(ReadQuota.of(settled("::1"))).isNull();
        door = new Door(
                config(protection -> protection
                        .withExempt(nobody -> false)
                        .withPerAddress(AddressLimits.defaults().withMaxConnections(1))),
                time);
        assertThat(refusal(settled("127.0.0.1"))).isNull();
        assertThat(refusal(arrive("127.0.0.1"))).isEqualTo(Refusal.FULL);
        assertThat(refusal(arrive("127.0.0.2"))).isNull();
    }

    @Test
    void whoIsKeptOutIsClosedWithoutAWord() {
        door = new Door(
                config(protection -> protection
                        .withAdmitted(endpoint -> endpoint.host().startsWith("192.0.2."))
                        .withDenied(endpoint -> endpoint.host().equals("192.0.2.66"))),
                time);
        assertThat(arrive("192.0.2.66").isOpen()).isFalse();
        assertThat(arrive("198.51.100.1").isOpen()).isFalse();
        assertThat(arrive("192.0.2.1").isOpen()).isTrue();
        assertThat(count(ShedCause.NETWORK)).isEqualTo(2);
        assertThat(door.connectionCount()).isEqualTo(1);
    }

    @Test
    void behindAProxyTheAddressCountsThatItSays() {
        door = new Door(
                config(protection -> protection
                        .withPerAddress(AddressLimits.defaults().withMaxConnections(1))
                        .withProxies(endpoint -> endpoint.host().equals("10.0.0.1"))),
                time);
        EmbeddedChannel first = arrive("10.0.0.1");
        EmbeddedChannel second = arrive("10.0.0.1");
        EmbeddedChannel third = arrive("10.0.0.1");
        assertThat(refusal(third)).isNull();
        assertThat(door.identified(first, Endpoint.of(ADDRESS, 1))).isTrue();
        door.settled(first);
        assertThat(door.identified(second, Endpoint.of(ADDRESS, 2))).isTrue();
        assertThat(refusal(second)).isEqualTo(Refusal.FULL);
        assertThat(door.connectionCount()).isEqualTo(2);
    }

    @Test
    void whenAllPlacesAreTakenThoseOfTheReserveAreGiven() {
        door = new Door(config(protection -> protection.withReserve(2)).withMaxConnections(1), time);
        EmbeddedChannel first = settled("127.0.0.1");
        assertThat(visitor(first).isInReserve()).isFalse();
        EmbeddedChannel kept = arrive("127.0.0.1");
        assertThat(visitor(kept).isInReserve()).isTrue();
        settled("127.0.0.1");
        EmbeddedChannel instead = settled("127.0.0.1");
        assertThat(kept.isOpen()).isFalse();
        assertThat(refusal(arrive("127.0.0.1"))).isEqualTo(Refusal.FULL);
        first.close();
        assertThat(visitor(arrive("127.0.0.1")).isInReserve()).isFalse();
        assertThat(instead.isOpen()).isTrue();
    }

    @Test
    void onlySoManyAreToldWhyTheyAreRefused() {
        door = new Door(config(protection -> protection.withReserve(0)).withMaxConnections(1), time);
        settled("127.0.0.1");
        for (int i = 0; i < 64; i++) assertThat(arrive("127.0.0.1").isOpen()).isTrue();
        assertThat(arrive("127.0.0.1").isOpen()).isFalse();
        door.closeRefused();
        assertThat(arrive("127.0.0.1").isOpen()).isTrue();
        assertThat(count(ShedCause.FULL)).isEqualTo(66);
    }

    @Test
    void anAddressOverItsBytesIsNotReadForAWhile() {
        door = door(limits -> limits.withReceived(Rate.of(1000, 1000)));
        ReadQuota quota = Objects.requireNonNull(ReadQuota.of(arrive(ADDRESS)));
        quota.received(1000);
        assertThat(quota.mayRead()).isTrue();
        quota.received(500);
        assertThat(quota.mayRead()).isFalse();
        assertThat(ReadQuota.of(arrive(ADDRESS))).isSameAs(quota);
        time.pass(Duration.ofMillis(500));
        assertThat(quota.mayRead()).isTrue();
    }

    @Test
    void anAddressHasOnlyItsRequests() {
        door = door(limits -> limits.withRequests(Rate.of(10, 2)));
        Visitor visitor = visitor(arrive(ADDRESS));
        assertThat(visitor.mayRequest()).isTrue();
        assertThat(visitor.mayRequest()).isTrue();
        assertThat(visitor.mayRequest()).isFalse();
        assertThat(visitor(arrive(ADDRESS)).mayRequest()).isFalse();
        time.pass(Duration.ofMillis(100));
        assertThat(visitor.mayRequest()).isTrue();
    }
}
