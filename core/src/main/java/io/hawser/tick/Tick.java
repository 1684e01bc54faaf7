package io.hawser.tick;

import java.time.Duration;
import java.time.Instant;

/// One tick, as its handler sees it.
///
/// @param number how many there were before, those that threw included; each new process of a forked ticker
///     begins at 0 again
/// @param at the time of day
/// @param late how long after its planned time it begins
/// @param missed how many ticks were left out between the last one and this one
/// @param shared the state that the ticker was started with
public record Tick(long number, Instant at, Duration late, long missed, SharedState shared) {}
