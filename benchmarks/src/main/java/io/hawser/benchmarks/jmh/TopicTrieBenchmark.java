package io.hawser.benchmarks.jmh;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.internal.topic.TopicTrie;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What it costs to find the patterns that match a topic, among few and among many.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TopicTrieBenchmark {
    @Param({"10", "100000"})
    private int patterns;

    private final TopicTrie<Integer> trie = new TopicTrie<>();
    private final Topic topic = Topic.of("shop.7.orders.created");

    @Setup
    public void fill() {
        for (int i = 0; i < patterns; i++) {
            trie.add(TopicPattern.of("shop." + i + ".orders." + (i % 3 == 0 ? ">" : i % 3 == 1 ? "*" : "shipped")), i);
        }
        trie.add(TopicPattern.of("shop.*.orders.created"), -1);
        trie.add(TopicPattern.of("shop.>"), -2);
    }

    @Benchmark
    public void match(Blackhole found) {
        trie.match(topic, found::consume);
    }
}
