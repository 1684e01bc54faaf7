package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.testing.FakeTime;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpCacheTest {
    private static final Request GET = Request.get("http://h.example/doc");

    private final FakeTime time = new FakeTime();
    private final HttpCache cache = HttpCache.of(HttpCacheConfig.defaults(), CacheStore.inMemory(), time);

    @AfterEach
    void close() throws Exception {
        cache.close();
    }

    private static Response fresh(String text) {
        return Response.text(text).withHeader("Cache-Control", "max-age=60");
    }

    private static String text(HttpHandler handler, Request request) throws Exception {
        return handler.handle(request).body().text();
    }

    @Test
    void aHitSaysItsAgeAndWhatTheCacheDid() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(fresh("one").withHeader("Cache-Status", "upstream; hit"));
        HttpHandler client = origin.with(cache);
        Response first = client.handle(GET);
        assertThat(first.headers().all("Cache-Status"))
                .containsExactly("upstream; hit", "hawser; fwd=uri-miss; fwd-status=200; stored");
        assertThat(first.body().text()).isEqualTo("one");
        time.pass(Duration.ofSeconds(20));
        Response second = client.handle(GET);
        assertThat(second.headers().all("Cache-Status")).containsExactly("upstream; hit", "hawser; hit; ttl=40");
        assertThat(second.header("Age")).contains("20");
        assertThat(second.header("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(second.body().text()).isEqualTo("one");
        assertThat(second.body().length()).hasValue(3);
        Response head = client.handle(GET.withMethod(Method.HEAD));
        assertThat(head.header("Content-Length")).contains("3");
        assertThat(head.body().bytes()).isEqualTo(Bytes.EMPTY);
        assertThat(cache.stats().hits()).isEqualTo(2);
        assertThat(cache.stats().misses()).isEqualTo(1);
        assertThat(cache.stats().stored()).isEqualTo(1);
        assertThat(cache.stats().bytes()).isPositive();
    }

    @Test
    void aBodyOfUnknownLengthIsLeftToTheOrigin() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(fresh("one"), fresh("two"));
        HttpHandler client = origin.with(cache);
        Request asking = GET.withBody(Body.of(new ByteArrayInputStream(new byte[0])));
        Response first = client.handle(asking);
        assertThat(first.header("Cache-Status")).contains("hawser; fwd=bypass");
        assertThat(first.body().text()).isEqualTo("one");
        assertThat(text(client, GET)).isEqualTo("two");
    }

    @Test
    void fieldsOfTheConnectionAreNotStored() throws Exception {
        Response answer = fresh("x")
                .withHeader("Connection", "close, X-Hop")
                .withHeader("X-Hop", "1")
                .withHeader("Keep-Alive", "timeout=5")
                .withHeader("Proxy-Authenticate", "Basic")
                .withHeader("X", "kept");
        HttpHandler client = FakeOrigin.answering(answer).with(cache);
        text(client, GET);
        assertThat(client.handle(GET).headers().names())
                .containsExactlyInAnyOrder("age", "cache-control", "cache-status", "content-type", "date", "x");
    }

    @Test
    void manyCallersOfOneUrlMakeOneRequest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FakeOrigin origin = new FakeOrigin().then(request -> {
            asked.countDown();
            go.await();
            return fresh("one");
        });
        HttpHandler client = origin.with(cache);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) answers.add(threads.submit(() -> text(client, GET)));
            asked.await();
            go.countDown();
            for (Future<String> answer : answers) assertThat(answer.get()).isEqualTo("one");
        }
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void whoLookedJustBeforeAnAnswerLandedLooksAgain() throws Exception {
        boolean[] looksTooEarly = {false};
        CacheStore store = CacheStore.inMemory();
        CacheStore early = new CacheStore() {
            @Override
            public List<CacheEntry> load(String key) {
                boolean nothingYet = looksTooEarly[0];
                looksTooEarly[0] = false;
                return nothingYet ? List.of() : store.load(key);
            }

            @Override
            public void update(String key, UnaryOperator<List<CacheEntry>> change) {
                store.update(key, change);
            }

            @Override
            public int removeIf(BiPredicate<String, List<String>> condition) {
                return store.removeIf(condition);
            }

            @Override
            public long sizeBytes() {
                return store.sizeBytes();
            }
        };
        FakeOrigin origin = FakeOrigin.answering(fresh("one"));
        try (HttpCache own = HttpCache.of(HttpCacheConfig.defaults(), early, time)) {
            HttpHandler client = origin.with(own);
            text(client, GET);
            looksTooEarly[0] = true;
            Response second = client.handle(GET);
            assertThat(second.body().text()).isEqualTo("one");
            assertThat(second.header("Cache-Status")).contains("hawser; fwd=uri-miss; collapsed");
            assertThat(own.stats().collapsed()).isEqualTo(1);
        }
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void whoWaitedForWhatCannotBeStoredAsksItself() throws Exception {
        CountDownLatch both = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        HttpHandler origin = request -> {
            int call = calls.incrementAndGet();
            if (call == 1) both.await();
            return Response.text("mine " + call).withHeader("Cache-Control", "no-store");
        };
        HttpHandler client = origin.with(cache);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> text(client, GET));
            Awaitility.await().until(() -> calls.get() == 1);
            Future<String> second = threads.submit(() -> text(client, GET));
            both.countDown();
            assertThat(List.of(first.get(), second.get())).containsExactlyInAnyOrder("mine 1", "mine 2");
        }
        // From now on nobody waits for anybody.
        CountDownLatch inside = new CountDownLatch(2);
        HttpHandler meeting = request -> {
            inside.countDown();
            inside.await();
            return Response.text("x").withHeader("Cache-Control", "no-store");
        };
        HttpHandler together = meeting.with(cache);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> one = threads.submit(() -> text(together, GET));
            Future<String> other = threads.submit(() -> text(together, GET));
            assertThat(one.get() + other.get()).isEqualTo("xx");
        }
    }

    @Test
    void anAnswerThatNeedsItselfDoesNotWaitForItself() throws Exception {
        HttpHandler[] client = new HttpHandler[1];
        AtomicInteger depth = new AtomicInteger();
        HttpHandler origin = request -> depth.incrementAndGet() == 1 ? client[0].handle(request) : fresh("inner");
        client[0] = origin.with(cache);
        assertThat(text(client[0], GET)).isEqualTo("inner");
        assertThat(depth).hasValue(2);
    }

    @Test
    void aFailureIsThatOfAllWhoWaited() {
        HttpHandler client = new FakeOrigin()
                .then(request -> {
                    throw new ConnectionLost("reset", Processed.MAYBE, null);
                })
                .with(cache);
        assertThatThrownBy(() -> client.handle(GET)).isInstanceOf(ConnectionLost.class);
        assertThatThrownBy(() -> client.handle(GET)).isInstanceOf(ConnectionLost.class);
    }

    @Test
    void whatIsTooLargeIsPassedOnAndNotStored() throws Exception {
        HttpCache small = HttpCache.of(HttpCacheConfig.defaults().withMaxEntryBytes(100), CacheStore.inMemory(), time);
        for (int size : List.of(100, 101)) {
            for (boolean known : List.of(true, false)) {
                byte[] content = new byte[size];
                HttpHandler origin = request -> {
                    ByteArrayInputStream stream = new ByteArrayInputStream(content);
                    Body body = known ? Body.of(stream, size) : Body.of(stream);
                    return Response.ok(body).withHeader("Cache-Control", "max-age=60");
                };
                Request request = Request.get("http://h.example/" + size + known);
                assertThat(origin.with(small).handle(request).body().bytes()).isEqualTo(Bytes.wrap(content));
                boolean hit = origin.with(small)
                        .handle(request)
                        .header("Cache-Status")
                        .orElse("")
                        .contains("hit");
                assertThat(hit).as(size + " " + known).isEqualTo(size == 100);
            }
        }
        small.close();
    }

    @Test
    void aLongAnswerIsPassedOnAsItComesAndStoredAtItsEnd() throws Exception {
        Bytes piece = Bytes.wrap(new byte[300_000]);
        int[] reads = {0};
        HttpHandler origin = request -> Response.ok(new Body() {
                    @Override
                    public Bytes read() {
                        return reads[0]++ < 10 ? piece : Bytes.EMPTY;
                    }
                })
                .withHeader("Cache-Control", "max-age=60");
        HttpHandler client = origin.with(cache);
        Body body = client.handle(GET).body();
        assertThat(reads[0]).isEqualTo(4);
        assertThat(cache.stats().stored()).isZero();
        assertThat(body.bytes().size()).isEqualTo(3_000_000);
        assertThat(cache.stats().stored()).isEqualTo(1);
        assertThat(client.handle(GET).body().length()).hasValue(3_000_000);
    }

    @Test
    void whatIsNotReadToItsEndIsNotStored() throws Exception {
        Bytes piece = Bytes.wrap(new byte[600_000]);
        boolean[] closed = {false};
        HttpHandler endless = request -> Response.ok(new Body() {
                    @Override
                    public Bytes read() {
                        return piece;
                    }

                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                })
                .withHeader("Cache-Control", "max-age=60");
        Response response = endless.with(cache).handle(GET);
        response.body().read();
        response.body().close();
        assertThat(closed[0]).isTrue();
        assertThat(cache.stats().stored()).isZero();
        HttpHandler broken = request -> Response.ok(new Body() {
                    @Override
                    public Bytes read() {
                        throw new ConnectionLost("reset", Processed.MAYBE, null);
                    }
                })
                .withHeader("Cache-Control", "max-age=60");
        assertThatThrownBy(() -> broken.with(cache).handle(GET)).isInstanceOf(ConnectionLost.class);
        assertThat(cache.stats().stored()).isZero();
    }

    @Test
    void aStaleAnswerIsValidatedOnceInTheBackground() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FakeOrigin origin = new FakeOrigin()
                .then(request ->
                        Response.text("old").withHeader("Cache-Control", "max-age=10, stale-while-revalidate=50"))
                .then(request -> {
                    go.await();
                    return fresh("new");
                });
        HttpHandler client = origin.with(cache);
        text(client, GET);
        time.pass(Duration.ofSeconds(20));
        for (int i = 0; i < 10; i++) assertThat(text(client, GET)).isEqualTo("old");
        go.countDown();
        Awaitility.await().until(() -> text(client, GET).equals("new"));
        assertThat(origin.requests()).hasSize(2);
        assertThat(cache.stats().stale()).isPositive();
    }

    @Test
    void aStaleAnswerThatHeadFoundIsAskedForByGet() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(
                Response.text("old").withHeader("Cache-Control", "max-age=10, stale-while-revalidate=50"),
                fresh("new"));
        HttpHandler client = origin.with(cache);
        text(client, GET);
        time.pass(Duration.ofSeconds(20));
        client.handle(GET.withMethod(Method.HEAD));
        Awaitility.await().until(() -> cache.stats().stored() == 2);
        assertThat(origin.last().method()).isEqualTo(Method.GET);
        assertThat(text(client, GET)).isEqualTo("new");
    }

    @Test
    void closingEndsWhatRunsInTheBackground() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        FakeOrigin origin = new FakeOrigin()
                .then(request ->
                        Response.text("old").withHeader("Cache-Control", "max-age=1, stale-while-revalidate=50"))
                .then(request -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ended) {
                        interrupted.countDown();
                        throw ended;
                    }
                    return Response.ok();
                });
        HttpHandler client = origin.with(cache);
        text(client, GET);
        time.pass(Duration.ofSeconds(2));
        text(client, GET);
        Awaitility.await().until(() -> origin.requests().size() == 2);
        cache.close();
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void answersAreForgottenByUrlPathPrefixAndSurrogateKey() throws Exception {
        HttpCache shared = HttpCache.of(HttpCacheConfig.defaults().withShared(true), CacheStore.inMemory(), time);
        HttpHandler origin = request -> fresh("x")
                .withHeader("Surrogate-Key", "all " + request.rawPath().substring(1))
                .withHeader("Cache-Tag", "site, t");
        HttpHandler proxy = origin.with(shared);
        Runnable fill = () -> List.of("http://a/img", "http://a/img?x", "http://b/img", "http://a/doc")
                .forEach(url -> {
                    try {
                        Response response = proxy.handle(Request.get(url));
                        assertThat(response.headers().has("Surrogate-Key")
                                        || response.headers().has("Cache-Tag"))
                                .isFalse();
                        response.body().bytes();
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                });
        fill.run();
        assertThat(shared.purge("http://A:80/img")).isTrue();
        assertThat(shared.purge("http://a/img")).isFalse();
        assertThat(shared.purgePath("/img")).isEqualTo(2);
        fill.run();
        assertThat(shared.purgePrefix("http://a/img")).isEqualTo(2);
        fill.run();
        assertThat(shared.purgePrefix("HTTP://A:80/img")).isEqualTo(2);
        assertThat(shared.purgePrefix("http://a:81/")).isZero();
        assertThat(shared.purgePrefix("Http://B")).isEqualTo(1);
        assertThat(shared.purgePrefix("http://a/IMG")).isZero();
        fill.run();
        assertThat(shared.purgeTag("doc")).isEqualTo(1);
        assertThat(shared.purgeTag("t")).isEqualTo(3);
        assertThat(shared.purgeTag("all")).isZero();
        shared.close();
    }

    @Test
    void theAgeCountsHowLongTheAnswerTook() throws Exception {
        HttpHandler slow = request -> {
            time.pass(Duration.ofSeconds(7));
            return fresh("x").withHeader("Age", "10");
        };
        HttpHandler client = slow.with(cache);
        text(client, GET);
        time.pass(Duration.ofSeconds(3));
        assertThat(client.handle(GET).header("Age")).contains("20");
    }
}
