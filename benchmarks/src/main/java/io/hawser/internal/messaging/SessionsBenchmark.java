package io.hawser.internal.messaging;

import io.hawser.TimeSource;
import io.hawser.benchmarks.jmh.SameWork;
import io.hawser.internal.link.Dispatcher;
import io.hawser.internal.link.Link;
import io.hawser.internal.session.SessionLink;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Session;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// How dear is the registry of sessions beside the map that it is made of: to find one, to let one come and
/// go; and how dear is it to go over all?
///
/// They are found by ids that are equal to theirs and not the same, as those are that a request names.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SessionsBenchmark {
    /// Coprime to every number of sessions, so that all of them have their turn and none after its neighbour.
    private static final int STRIDE = 7919;

    @Param({"1000", "10000"})
    private int sessions;

    private final Registry registry = new Registry();
    private final ConcurrentHashMap<String, SessionLink> map = new ConcurrentHashMap<>();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private List<String> ids = List.of();
    private MsgiServerLink passer = newLink();

    /// Handlers are not what is measured.
    private record Inline() implements Dispatcher {
        @Override
        public boolean runsInline() {
            return true;
        }

        @Override
        public void start(EventLoop loop, Runnable batch) {
            batch.run();
        }

        @Override
        public boolean beginTurn(EventLoop loop) {
            return false;
        }

        @Override
        public void endTurn(EventLoop loop) {}
    }

    private static final class Registry extends SessionRegistry {
        Registry() {
            super(MessagingConfig.defaults().session(), Session::offer, new Inline(), false, TimeSource.system());
        }

        void enter(Link link) {
            opened(link);
        }

        void leave(Link link) {
            closed(link);
        }
    }

    /// The place of one thread among the ids.
    @State(Scope.Thread)
    public static class Place {
        private int at;

        int next(int count) {
            at = (at + STRIDE) % count;
            return at;
        }
    }

    @Setup
    public void fill() {
        for (int i = 0; i < sessions; i++) registry.enter(newLink());
        registry.stream().forEach(session -> map.put(session.id(), (SessionLink) session));
        ids = registry.stream()
                .map(session -> String.valueOf(session.id().toCharArray()))
                .toList();
        passer = newLink();
        SameWork.require("sessions", registry.count(), map.size());
        for (String id : ids) SameWork.require("found", registry.find(id).orElseThrow(), map.get(id));
        SameWork.require("left behind", enterAndLeave(), putAndRemove());
    }

    private MsgiServerLink newLink() {
        var channel = new EmbeddedChannel();
        channels.add(channel);
        return new MsgiServerLink(registry, MsgiSettings.of(MessagingConfig.defaults()), channel);
    }

    @TearDown
    public void close() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Benchmark
    public Optional<Session> find(Place place) {
        return registry.find(ids.get(place.next(sessions)));
    }

    @Benchmark
    @Threads(2)
    public Optional<Session> findOfTwoThreads(Place place) {
        return registry.find(ids.get(place.next(sessions)));
    }

    @Benchmark
    public int enterAndLeave() {
        registry.enter(passer);
        registry.leave(passer);
        return registry.count();
    }

    @Benchmark
    public @Nullable SessionLink findInMap(Place place) {
        return map.get(ids.get(place.next(sessions)));
    }

    @Benchmark
    public int putAndRemove() {
        map.put(passer.id(), passer);
        map.remove(passer.id(), passer);
        return map.size();
    }

    /// All of them, as a list of the sessions would.
    @Benchmark
    public long goOver() {
        return registry.stream().filter(session -> session.id().isEmpty()).count();
    }
}
