package io.hawser.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Tells whoever runs the service how it is: mounted at `/health`, it answers `/health/live` and
/// `/health/ready`.
///
/// `live` is 200 while the process can answer at all. `ready` is 200 with `{"status":"up"}`, 200 with
/// `degraded` where it serves but something is away, or 503 with `down`; `checks` says which, by name and
/// state alone.
///
/// Thread: immutable, safe from any; the checks are asked for each request, so they must be quick.
public final class Health implements HttpHandler {
    private static final Response LIVE = Response.json(Map.of("status", "up")).withHeader("Cache-Control", "no-store");

    /// How a part of the service is, from well to badly.
    public enum State {
        UP,
        /// It serves, but not everything works.
        DEGRADED,
        /// It does not serve: starting, draining, shedding load.
        DOWN
    }

    private final Map<String, Supplier<State>> checks;
    private final HttpHandler router;

    private Health(Map<String, Supplier<State>> checks) {
        this.checks = checks;
        this.router = Router.builder()
                .get("/live", _ -> LIVE)
                .get("/ready", _ -> ready())
                .build();
    }

    /// A health without checks: always up.
    public static Health create() {
        return new Health(Map.of());
    }

    /// With one more check; one that throws, or gives null, is [State#DOWN].
    public Health withCheck(String name, Supplier<State> check) {
        Map<String, Supplier<State>> more = new LinkedHashMap<>(checks);
        more.put(name, check);
        return new Health(more);
    }

    /// The worst of all checks.
    public State state() {
        State worst = State.UP;
        for (Supplier<State> check : checks.values()) worst = worse(worst, ask(check));
        return worst;
    }

    @Override
    public Response handle(Request request) throws Exception {
        return router.handle(request);
    }

    private Response ready() {
        State worst = State.UP;
        Map<String, String> states = new LinkedHashMap<>();
        for (Map.Entry<String, Supplier<State>> check : checks.entrySet()) {
            State state = ask(check.getValue());
            worst = worse(worst, state);
            states.put(check.getKey(), text(state));
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", text(worst));
        if (worst != State.UP) members.put("checks", states);
        int status = worst == State.DOWN ? Status.SERVICE_UNAVAILABLE : Status.OK;
        return Response.json(status, members).withHeader("Cache-Control", "no-store");
    }

    private static State ask(Supplier<State> check) {
        try {
            return Objects.requireNonNullElse(check.get(), State.DOWN);
        } catch (RuntimeException broken) {
            return State.DOWN;
        }
    }

    private static State worse(State one, State other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
