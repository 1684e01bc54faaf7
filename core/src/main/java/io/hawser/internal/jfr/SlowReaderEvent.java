package io.hawser.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A connection is closed because its peer takes too little of what waits for it.
///
/// Thread: made, filled and committed by one.
@Name("io.hawser.SlowReader")
@Label("Slow Reader")
@Description("A connection is closed because its peer takes too little of what waits for it")
@Category("Hawser")
@StackTrace(false)
public final class SlowReaderEvent extends Event {
    @Label("Remote Address")
    public String remote = "";

    @Label("Protocol")
    @Description("What its session speaks; empty for HTTP and for what is passed on")
    public String protocol = "";

    @Label("Session")
    @Description("The id of its session, where it is one")
    public String session = "";

    @Label("Queued Bytes")
    @DataAmount
    public long queuedBytes;

    @Label("Messages Dropped")
    public long messagesDropped;
}
