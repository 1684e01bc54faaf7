package io.hawser.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A circuit breaker has changed its state.
///
/// Thread: made, filled and committed by one.
@Name("io.hawser.Breaker")
@Label("Circuit Breaker")
@Description("A circuit breaker has changed its state")
@Category("Hawser")
@StackTrace(false)
public final class BreakerEvent extends Event {
    @Label("Upstream")
    public String upstream = "";

    @Label("Endpoint")
    @Description("That it is for; empty if it is for all of them")
    public String endpoint = "";

    @Label("State Before")
    public String before = "";

    @Label("State")
    public String state = "";
}
