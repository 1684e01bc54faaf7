package io.hawser.hub.cli;

import io.hawser.http.Authorization;
import io.hawser.http.CookieJar;
import io.hawser.http.DigestAuthorization;
import io.hawser.http.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// As whom `./hawser http` calls: credentials, and the cookies of earlier calls.
final class HttpIdentity {
    @Option(
            names = "--auth",
            paramLabel = "USER:PASSWORD",
            description = "credentials; a token where the type is bearer")
    private Optional<String> auth = Optional.empty();

    @Option(
            names = "--auth-type",
            paramLabel = "TYPE",
            defaultValue = "basic",
            description = "basic (the default), digest or bearer")
    private String type = "basic";

    @Option(
            names = "--cookies",
            paramLabel = "FILE",
            description = "send the cookies kept in a file, and keep there what is set")
    private Optional<Path> cookies = Optional.empty();

    /// One call through filters.
    @FunctionalInterface
    interface Call {
        /// Runs, and returns the exit code.
        int run(Filter... filters) throws IOException;
    }

    /// Makes `call` as who is said, and saves the cookies that it brought.
    int run(Call call) throws IOException {
        List<Filter> filters = new ArrayList<>();
        Optional<CookieJar> jar = Optional.empty();
        if (cookies.isPresent()) jar = Optional.of(CookieJar.open(cookies.get()));
        jar.ifPresent(filters::add);
        auth.ifPresent(credentials -> filters.add(authorization(credentials)));
        int code = call.run(filters.toArray(Filter[]::new));
        if (jar.isPresent()) jar.get().save();
        return code;
    }

    private Filter authorization(String credentials) {
        if (type.equals("bearer")) return Authorization.bearer(credentials);
        int colon = credentials.indexOf(':');
        if (colon < 0) throw new IllegalArgumentException("--auth: USER:PASSWORD");
        String user = credentials.substring(0, colon);
        String password = credentials.substring(colon + 1);
        return switch (type) {
            case "basic" -> Authorization.basic(user, password);
            case "digest" -> DigestAuthorization.of(user, password);
            default -> throw new IllegalArgumentException("--auth-type " + type + ": basic, digest or bearer");
        };
    }
}
