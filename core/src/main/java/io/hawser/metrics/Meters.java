package io.hawser.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Registers meters that read, when they are asked, what is counted already.
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
        FunctionCounter.builder(name, new Strong<>(source), strong -> value.applyAsDouble(strong.source()))
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    /// Micrometer refers to what a counter reads weakly.
    private record Strong<T>(T source) {}
}
