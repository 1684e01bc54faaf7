package io.hawser;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.HawserException.Processed;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointResolveTest {
    private static final Resolver UNASKED = host -> {
        throw new AssertionError("asked for " + host);
    };

    /// Lets the resolvers that hang return when the test ends.
    private final CountDownLatch testEnds = new CountDownLatch(1);

    @AfterEach
    void releaseTheHung() {
        testEnds.countDown();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1, 127.0.0.1",
        "[::1]:1, ::1",
        "[::ffff:10.1.2.3]:1, 10.1.2.3",
        "[fe80::1%7]:1, fe80::1%7",
    })
    void anAddressIsNeverAskedFor(String text, String address) throws Exception {
        assertThat(Endpoint.parse(text).resolve(UNASKED))
                .containsExactly(new InetSocketAddress(InetAddress.ofLiteral(address), 1));
    }

    @Test
    void anAddressCarriesItsTextAsHostNameSoThatNobodyAsksForOne() {
        assertThat(Endpoint.parse("192.0.2.1:1").resolve(UNASKED).getFirst().getHostName())
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aLocalhostNameIsBothLoopbackAddresses() throws Exception {
        assertThat(Endpoint.parse("my.localhost:9").resolve(UNASKED))
                .containsExactly(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9),
                        new InetSocketAddress(InetAddress.ofLiteral("::1"), 9));
        assertThat(Endpoint.parse("localhost:9").resolve()).hasSize(2);
    }

    @Test
    void aZoneIsLookedUpAmongTheInterfaces() throws Exception {
        NetworkInterface any = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
        InetSocketAddress found =
                Endpoint.of("fe80::1%" + any.getName(), 1).resolve(UNASKED).getFirst();
        assertThat(found.getAddress())
                .isInstanceOfSatisfying(
                        Inet6Address.class,
                        address -> assertThat(address.getScopeId()).isEqualTo(any.getIndex()));
        assertThatExceptionOfType(ConnectFailed.class)
                .isThrownBy(() -> Endpoint.of("fe80::1%nosuch", 1).resolve(UNASKED))
                .withMessage("cannot reach fe80::1%nosuch: there is no interface nosuch");
    }

    @ParameterizedTest
    @CsvSource({
        "4a 4b 4c 6a 6b, 4a 6a 4b 6b 4c",
        "6a 6b 6c 4a, 6a 4a 6b 6c",
        "6a 4a 6a 4b 4a, 6a 4a 4b",
        "4a 4b, 4a 4b",
        "6a, 6a",
    })
    void theFamiliesTakeTurnsInTheResolversOrder(String answer, String tried) {
        List<InetSocketAddress> expected =
                addresses(tried).stream().map(a -> new InetSocketAddress(a, 80)).toList();
        assertThat(Endpoint.of("both.example", 80).resolve(host -> addresses(answer)))
                .isEqualTo(expected);
    }

    @Test
    void theResolverIsAskedForTheCanonicalName() {
        CompletableFuture<String> asked = new CompletableFuture<>();
        Endpoint.parse("WWW.Example.:1").resolve(host -> {
            asked.complete(host);
            return addresses("4a");
        });
        assertThat(asked).isCompletedWithValue("www.example.");
    }

    @Test
    void aNameThatDoesNotResolveFailsTheConnect() {
        assertThatExceptionOfType(ConnectFailed.class)
                .isThrownBy(() -> Endpoint.of("gone.example", 80).resolve(host -> {
                    throw new UnknownHostException(host);
                }))
                .withMessage("gone.example does not resolve")
                .withCauseInstanceOf(UnknownHostException.class)
                .satisfies(failed -> assertThat(failed.processed()).isEqualTo(Processed.NO));
        assertThatExceptionOfType(ConnectFailed.class)
                .isThrownBy(() -> Endpoint.of("empty.example", 80).resolve(host -> List.of()))
                .withMessage("empty.example does not resolve");
    }

    @Test
    void theErrorSaysWhatTheResolverSays() {
        assertThatExceptionOfType(ConnectFailed.class)
                .isThrownBy(() -> Endpoint.of("dark.example", 80).resolve(host -> {
                    throw new UnknownHostException(host + ": Temporary failure in name resolution");
                }))
                .withMessage("dark.example does not resolve: Temporary failure in name resolution");
    }

    @Test
    void aResolverThatBreaksFailsTheConnect() {
        assertThatExceptionOfType(ConnectFailed.class)
                .isThrownBy(() -> Endpoint.of("broken.example", 80).resolve(host -> {
                    throw new IllegalStateException("no server");
                }))
                .withMessage("the resolver failed for broken.example: java.lang.IllegalStateException: no server");
    }

    @Test
    void theDeadlineEndsTheWaitForALookUpThatHangs() {
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> Deadline.within(
                        Duration.ofMillis(20),
                        () -> Endpoint.of("slow.example", 80).resolve(hanging())))
                .withMessage("deadline passed while waiting for the addresses of slow.example")
                .satisfies(failed -> assertThat(failed.processed()).isEqualTo(Processed.NO));
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                Endpoint.of("slow.example", 80).resolve(hanging(asked));
            } catch (Cancelled expected) {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        assertThat(asked.await(30, SECONDS)).isTrue();
        caller.interrupt();
        assertThat(flag.get(30, SECONDS)).isTrue();
    }

    @Test
    void aThreadThatIsAlreadyInterruptedDoesNotWait() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(Cancelled.class)
                    .isThrownBy(() -> Endpoint.of("slow.example", 80).resolve(hanging()));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void cancellingTheFutureEndsTheCallButNotTheOthersThatWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Resolver resolver = hanging(asked);
        Endpoint slow = Endpoint.of("slow.example", 80);
        CompletableFuture<List<InetSocketAddress>> cancelled = Async.call(() -> slow.resolve(resolver));
        CompletableFuture<List<InetSocketAddress>> patient = Async.call(() -> slow.resolve(resolver));
        assertThat(asked.await(30, SECONDS)).isTrue();
        assertThat(cancelled.cancel(true)).isTrue();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(cancelled::join);
        testEnds.countDown();
        assertThat(patient.get(30, SECONDS)).hasSize(1);
    }

    @Test
    void callersOfOneNameShareALookUp() throws Exception {
        Lookups lookups = new Lookups(1, Duration.ofSeconds(10));
        AtomicInteger asked = new AtomicInteger();
        Resolver resolver = host -> {
            asked.incrementAndGet();
            return hanging().resolve(host);
        };
        List<CompletableFuture<List<InetAddress>>> calls = IntStream.range(0, 100)
                .mapToObj(i -> Async.call(() -> lookups.find(resolver, "same.example")))
                .toList();
        await().until(() -> asked.get() == 1);
        testEnds.countDown();
        for (CompletableFuture<List<InetAddress>> call : calls) {
            assertThat(call.get(30, SECONDS)).isEqualTo(addresses("4a"));
        }
    }

    @Test
    void aNewCallAfterTheAnswerAsksAgain() {
        Lookups lookups = new Lookups(1, Duration.ofSeconds(10));
        AtomicInteger asked = new AtomicInteger();
        Resolver resolver = host -> {
            asked.incrementAndGet();
            return addresses("4a");
        };
        for (int i = 0; i < 1_000; i++) lookups.find(resolver, "same.example");
        assertThat(asked).hasValue(1_000);
    }

    @Test
    void lookUpsThatHangAreBoundedAndSoIsTheWaitForAPlace() {
        Lookups lookups = new Lookups(2, Duration.ofMillis(50));
        for (String host : List.of("one.example", "two.example")) {
            assertThatExceptionOfType(ConnectFailed.class)
                    .isThrownBy(() -> lookups.find(hanging(), host))
                    .withMessage(host + " did not resolve within PT0.05S");
        }
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> lookups.find(UNASKED, "three.example"))
                .withMessage("too many look-ups hang: none of three.example could begin within PT0.05S");
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> Deadline.within(Duration.ofMillis(5), () -> lookups.find(UNASKED, "three.example")));
        testEnds.countDown();
        await().ignoreExceptionsInstanceOf(Rejected.class)
                .untilAsserted(() -> assertThat(lookups.find(host -> addresses("6a"), "three.example"))
                        .isEqualTo(addresses("6a")));
    }

    @Test
    void aNameIsNotLostToALookUpThatNeverReturns() {
        Lookups lookups = new Lookups(2, Duration.ofMillis(50));
        AtomicInteger asked = new AtomicInteger();
        Resolver onceHung = host -> asked.getAndIncrement() == 0 ? hanging().resolve(host) : addresses("6a");
        assertThatExceptionOfType(ConnectFailed.class).isThrownBy(() -> lookups.find(onceHung, "hung.example"));
        // Who asks at once may still have joined the one that hangs.
        await().ignoreExceptionsInstanceOf(ConnectFailed.class)
                .untilAsserted(
                        () -> assertThat(lookups.find(onceHung, "hung.example")).isEqualTo(addresses("6a")));
    }

    @Test
    void aResolverSeesTheLongestWaitAsItsDeadlineAndNotThatOfACaller() throws Exception {
        CompletableFuture<Duration> seen = new CompletableFuture<>();
        Deadline.within(
                Duration.ofSeconds(1),
                () -> Endpoint.of("a.example", 1).resolve(host -> {
                    seen.complete(Deadline.current().remaining());
                    return addresses("4a");
                }));
        assertThat(seen.get(30, SECONDS)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    private Resolver hanging() {
        return hanging(new CountDownLatch(1));
    }

    private Resolver hanging(CountDownLatch asked) {
        return host -> {
            asked.countDown();
            try {
                testEnds.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return addresses("4a");
        };
    }

    /// `4a 6b` is 10.0.0.10 and fd00::b.
    private static List<InetAddress> addresses(String names) {
        return Arrays.stream(names.split(" "))
                .map(name -> IpLiteral.toAddress(
                        name.startsWith("4")
                                ? "10.0.0." + Character.digit(name.charAt(1), 16)
                                : "fd00::" + name.charAt(1)))
                .toList();
    }

    @Test
    void aResolverThatKnowsNoAddressIsAskedForOne() throws Exception {
        InetAddress address = InetAddress.ofLiteral("192.0.2.1");
        Resolver resolver = new Resolver() {
            @Override
            public List<InetAddress> resolve(String host) {
                return List.of(address);
            }

            @Override
            public Optional<List<InetAddress>> known(String host) {
                return Optional.of(List.of());
            }
        };
        assertThat(Endpoint.parse("a.example:1").resolve(resolver)).containsExactly(new InetSocketAddress(address, 1));
    }
}
