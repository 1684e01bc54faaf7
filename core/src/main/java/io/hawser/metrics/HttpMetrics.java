package io.hawser.metrics;

import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.metrics.Latency;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Times requests from the call of their handler to its answer, by method, route and status.
///
/// ```java
/// HttpMetrics metrics = HttpMetrics.of(registry);
/// Router.builder().each(metrics::route).get("/users/{id}", this::user)
/// ```
///
/// The timer `hawser.http.requests` is a histogram. What a handler throws counts with the status that the
/// client gets for it, by [Problem#of(Throwable)]. Methods that nobody knows are `other`, so that clients
/// cannot make timers: there are at most as many as routes, times ten, times statuses.
///
/// Thread: safe from any.
public final class HttpMetrics {
    private static final String NAME = "hawser.http.requests";
    private static final Duration[] BUCKETS = Latency.buckets();
    private static final Set<Method> KNOWN = Set.of(
            Method.GET,
            Method.HEAD,
            Method.OPTIONS,
            Method.TRACE,
            Method.PUT,
            Method.DELETE,
            Method.POST,
            Method.PATCH,
            Method.CONNECT);

    private final MeterRegistry registry;

    private HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public static HttpMetrics of(MeterRegistry registry) {
        return new HttpMetrics(registry);
    }

    /// What a method is called where names must be few.
    static String name(Method method) {
        return KNOWN.contains(method) ? method.name() : "other";
    }

    /// A filter for the requests of one route.
    ///
    /// @param route the value of the tag, such as `/users/{id}`: never a path with an id in it
    public Filter route(String route) {
        return new Timed(route);
    }

    private final class Timed implements Filter {
        /// Compared by hand: the code that a record gets is generated with the first request, on an event loop.
        private record Label(Method method, int status) {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Label label && status == label.status && method.equals(label.method);
            }

            @Override
            public int hashCode() {
                return 31 * method.hashCode() + status;
            }
        }

        private final String route;
        private final ConcurrentHashMap<Label, Timer> timers = new ConcurrentHashMap<>();

        Timed(String route) {
            this.route = route;
        }

        @Override
        public Response filter(Request request, HttpHandler next) throws Exception {
            long begun = System.nanoTime();
            int status = Status.INTERNAL_SERVER_ERROR;
            try {
                Response response = next.handle(request);
                status = response.status();
                return response;
            } catch (Throwable failure) {
                status = Problem.of(failure).status();
                throw failure;
            } finally {
                timer(request.method(), status).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
        }

        private Timer timer(Method method, int status) {
            Label label = new Label(method, status);
            Timer timer = timers.get(label);
            return timer != null ? timer : register(KNOWN.contains(method) ? label : other(status));
        }

        private Label other(int status) {
            return new Label(Method.of("OTHER"), status);
        }

        private Timer register(Label label) {
            return timers.computeIfAbsent(
                    label,
                    absent -> Timer.builder(NAME)
                            .description("Requests, from the call of their handler to its answer")
                            .tag("method", name(absent.method()))
                            .tag("route", route)
                            .tag("status", Integer.toString(absent.status()))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
    }
}
