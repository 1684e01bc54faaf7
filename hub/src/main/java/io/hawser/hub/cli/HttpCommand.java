package io.hawser.hub.cli;

import io.hawser.Tls;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpTimeouts;
import io.hawser.http.HttpVersion;
import io.hawser.hub.http.Ask;
import io.hawser.hub.http.HttpRun;
import io.hawser.hub.http.Screen;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.Proxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser http [METHOD] URL [ITEM...]`: one request from the shell.
@Command(
        name = "http",
        description = "Sends one request, and prints the answer.",
        footer = {
            "",
            "Items:",
            "  Header:value   a field of the head      name==value   part of the query",
            "  field=text     a member of a JSON body  field:=json   one that is no text",
            "  field@file     a file of a form         @file         the whole body",
            "Without METHOD it is GET, and POST where there is a body. @- is standard",
            "input; POST, PUT and PATCH without a body take that, unless it is a terminal.",
            "On a terminal the head is shown and JSON is indented; elsewhere only the body",
            "is printed. Timings and transcripts go to standard error. The environment's",
            "http_proxy, https_proxy, all_proxy and no_proxy count.",
            "Exit code 1: no answer, or with --check-status one from 400 on."
        },
        sortOptions = false)
public final class HttpCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "[METHOD] URL [ITEM]", description = "see below")
    private List<String> words = List.of();

    @Option(names = "--form", description = "fields make a form instead of JSON")
    private boolean form;

    @Option(names = "--follow", description = "follow redirects")
    private boolean follow;

    @Option(names = "--retry", paramLabel = "N", defaultValue = "0", description = "try again so often what may pass")
    private int retry;

    @Option(names = "--stream", description = "print the body as it comes")
    private boolean stream;

    @Option(names = "--download", paramLabel = "FILE", description = "write the body to a file, with progress")
    private Optional<Path> download = Optional.empty();

    @Option(names = "--timings", description = "print how long each phase took")
    private boolean timings;

    @Option(names = "--verbose", description = "print each request and answer, those of redirects and retries too")
    private boolean verbose;

    @Option(names = "--check-status", description = "a status from 400 on is a failure")
    private boolean checkStatus;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description = "for all of it: 500ms, 10s")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--h2", description = "HTTP/2 only; without TLS, with prior knowledge")
    private boolean h2;

    @Option(names = "--proxy", paramLabel = "URL", description = "http://HOST:PORT or socks5://HOST:PORT")
    private Optional<String> proxy = Optional.empty();

    @Option(names = "--tls-trust", paramLabel = "PEM", description = "trust only these certificates")
    private Optional<Path> trust = Optional.empty();

    @Option(names = "--tls-cert", paramLabel = "PEM", description = "the certificate of this client")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "PEM", description = "and its key")
    private Optional<Path> key = Optional.empty();

    @Mixin
    private HttpIdentity identity = new HttpIdentity();

    @Spec
    private CommandSpec spec;

    private HttpCommand() {}

    @Override
    public Integer call() {
        if (retry < 0) throw new ParameterException(spec.commandLine(), "--retry " + retry + ": 0 or more");
        if (certificate.isPresent() != key.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--tls-cert and --tls-key go together");
        }
        HttpRun.Options options =
                new HttpRun.Options(follow, retry, stream, timings, verbose, checkStatus, timeout, download);
        try {
            Ask ask = Ask.parse(words, form, !Screen.isInputTerminal());
            try (HttpClient client = HttpClient.open(config(ask.url()))) {
                return identity.run(filters -> new HttpRun(Screen.open(), options).run(ask, client, filters));
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IOException | UncheckedIOException e) {
            spec.commandLine().getErr().println("hawser: " + e.getMessage());
            return 1;
        }
    }

    private HttpClientConfig config(String url) {
        Tls tls = Tls.client();
        if (trust.isPresent()) tls = tls.withTrust(trust.get());
        if (certificate.isPresent() && key.isPresent()) tls = tls.withCertificate(certificate.get(), key.get());
        HttpClientConfig config = HttpClientConfig.defaults().withTls(tls);
        if (h2) config = config.withVersions(HttpVersion.HTTP_2);
        HttpTimeouts timeouts = config.timeouts();
        if (timeout.isPresent() && timeout.get().compareTo(timeouts.firstByte()) > 0) {
            timeouts = timeouts.withFirstByte(timeout.get()).withIdle(timeout.get());
        }
        return config.withTimeouts(timeouts).withConnect(proxied(config.connect(), url));
    }

    private ConnectConfig proxied(ConnectConfig connect, String url) {
        String chosen = proxy.orElseGet(() -> environment(url.startsWith("https:") ? "https_proxy" : "http_proxy"));
        if (chosen.isEmpty()) chosen = environment("all_proxy");
        if (chosen.isEmpty()) return connect;
        ConnectConfig with = connect.withProxy(Proxy.parse(chosen));
        return proxy.isPresent()
                ? with
                : with.withNoProxy(environment("no_proxy").split(",", -1));
    }

    private static String environment(String name) {
        String lower = System.getenv(name);
        if (lower != null) return lower;
        // HTTP_PROXY could be a field Proxy of a request that a server passes on to its programs.
        String upper = name.equals("http_proxy") ? null : System.getenv(name.toUpperCase(Locale.ROOT));
        return upper == null ? "" : upper;
    }
}
