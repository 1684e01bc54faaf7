package io.hawser.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Registers meters that read, when they are asked, what is counted already.
///
/// Micrometer refers weakly to what a counter or a timer reads: here that is the registry, and the functions
/// know the source.
///
/// @param source which is read; the meters keep it from being collected as long as they are registered
/// @param <T> what is read
record Meters<T>(MeterRegistry registry, T source, Tags tags) {
    static final String BYTES = "bytes";
    static final String SECONDS = "seconds";

    Meters<T> with(String key, String value) {
        return new Meters<>(registry, source, tags.and(key, value));
    }

    void gauge(String name, String description, ToDoubleFunction<T> value) {
        gauge(name, null, description, value);
    }

    void gauge(String name, @Nullable String unit, String description, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    void counter(String name, String description, ToDoubleFunction<T> value) {
        counter(name, null, description, value);
    }

    void counter(String name, @Nullable String unit, String description, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, registry, itself -> value.applyAsDouble(source))
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    void timer(String name, String description, ToLongFunction<T> count, ToLongFunction<T> nanos) {
        FunctionTimer.builder(
                        name,
                        registry,
                        itself -> count.applyAsLong(source),
                        itself -> nanos.applyAsLong(source),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
