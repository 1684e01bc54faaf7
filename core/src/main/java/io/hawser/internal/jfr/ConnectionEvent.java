package io.hawser.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A connection has ended.
///
/// Thread: made, filled and committed by one.
@Name("io.hawser.Connection")
@Label("Connection")
@Description("A connection has ended")
@Category("Hawser")
@StackTrace(false)
public final class ConnectionEvent extends Event {
    @Label("Remote Address")
    public String remote = "";

    @Label("Protocol")
    @Description("What its session spoke; empty for HTTP and for what was passed on")
    public String protocol = "";

    @Label("Session")
    @Description("The id of its session, where it was one")
    public String session = "";

    @Label("Cause")
    public String cause = "";

    @Label("Lifetime")
    @Timespan(Timespan.NANOSECONDS)
    public long lifetime;

    @Label("Bytes Received")
    @DataAmount
    public long bytesReceived;

    @Label("Bytes Sent")
    @DataAmount
    public long bytesSent;

    @Label("Messages Received")
    public long messagesReceived;

    @Label("Messages Sent")
    public long messagesSent;

    @Label("Messages Dropped")
    public long messagesDropped;
}
