package io.hawser.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// The call of a handler for one HTTP request.
///
/// Thread: made, filled and committed by one.
@Name("io.hawser.Request")
@Label("HTTP Request")
@Description("The call of a handler for one HTTP request")
@Category("Hawser")
@StackTrace(false)
public final class RequestEvent extends Event {
    @Label("Remote Address")
    public String remote = "";

    @Label("Version")
    public String version = "";

    @Label("Method")
    public String method = "";

    @Label("Path")
    @Description("Without the query, which may hold secrets")
    public String path = "";

    @Label("Status")
    public int status;
}
