package io.hawser.benchmarks.jmh;

import io.hawser.Bytes;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerLimits;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a container of eight values costs to write and to read, in CBOR and in JSON.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ContainerBenchmark {
    private Container container = Container.of("order").build();
    private Bytes cbor = Bytes.EMPTY;
    private String json = "";

    @Setup
    public void fill() {
        container = Container.of("order")
                .from("web-7", "tab-2")
                .to("shop")
                .with("id", 4711L)
                .with("customer", "Ann Example")
                .with("paid", true)
                .with("total", 129.95)
                .with("items", List.of(1, 2, 3, 5, 8))
                .with("note", "Leave it at the door, please.")
                .with("raw", Bytes.ofUtf8("0123456789abcdef"))
                .withNull("coupon")
                .build();
        cbor = container.toCbor();
        json = container.toJson();
    }

    @Benchmark
    public Bytes toCbor() {
        return container.toCbor();
    }

    @Benchmark
    public Container fromCbor() {
        return Container.fromCbor(cbor, ContainerLimits.defaults());
    }

    @Benchmark
    public String toJson() {
        return container.toJson();
    }

    @Benchmark
    public Container fromJson() {
        return Container.fromJson(json, ContainerLimits.defaults());
    }
}
