package io.hawser.examples;

import io.hawser.http.ApiClient;
import io.hawser.http.ApiClientConfig;
import io.hawser.http.Authorization;
import io.hawser.http.HttpCacheConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Paging;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.policy.RateLimit;
import io.hawser.tcp.ListenConfig;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A client of an API that fails now and then: what is called is typed, retried, paged and cached. The API
/// is in this program too.
public final class ApiCaller {
    private ApiCaller() {}

    /// What the API knows.
    record User(int id, String name) {}

    /// Every third answer is a failure; users come two a page, and may be kept for a minute.
    static HttpHandler api() {
        List<User> users = List.of(new User(1, "Ada"), new User(2, "Alan"), new User(3, "Grace"));
        AtomicInteger calls = new AtomicInteger();
        Router router = Router.builder()
                .get("/v1/users", request -> {
                    int page = (int) request.numberQuery("page").orElse(1);
                    List<User> shown = users.subList(2 * (page - 1), Math.min(2 * page, users.size()));
                    Response answer = Response.json(shown).withHeader("Cache-Control", "max-age=60");
                    boolean isLast = 2 * page >= users.size();
                    return isLast ? answer : answer.withHeader("Link", "<?page=" + (page + 1) + ">; rel=\"next\"");
                })
                .get("/v1/users/{id:int}", request -> Response.json(users.get((int) request.numberParameter("id") - 1)))
                .build();
        return router.with((request, next) -> calls.incrementAndGet() % 3 == 1
                ? Response.of(503).withHeader("Retry-After", "0")
                : next.handle(request));
    }

    /// Calls the API below `url`.
    static void run(PrintStream out, String url) {
        ApiClientConfig config = ApiClientConfig.to("users", url)
                .withAuthentication(Authorization.bearer("secret"))
                .withRateLimit(RateLimit.perWindow(600, Duration.ofMinutes(1)))
                .withCache(HttpCacheConfig.defaults());
        try (ApiClient users = ApiClient.open(config)) {
            out.println(users.get("/users/1").as(User.class).name());
            for (int round = 1; round <= 2; round++) {
                for (User[] page : users.pages("/users", User[].class, Paging.byLink())) {
                    for (User user : page) out.println("round " + round + ": " + user.name());
                }
            }
            users.cacheStats().ifPresent(stats -> out.println(stats.hits() + " answers from the cache"));
        }
    }

    public static void main(String... args) {
        if (args.length > 0) {
            run(System.out, args[0]);
            return;
        }
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), api())) {
            run(System.out, "http://" + server.endpoint() + "/v1");
        }
    }
}
