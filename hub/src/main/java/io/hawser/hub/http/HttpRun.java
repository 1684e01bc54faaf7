package io.hawser.hub.http;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.CallTimings;
import io.hawser.http.Decompression;
import io.hawser.http.Filter;
import io.hawser.http.HttpCall;
import io.hawser.http.HttpClient;
import io.hawser.http.Redirects;
import io.hawser.http.Response;
import io.hawser.http.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One call of `./hawser http` and what is shown of it.
public final class HttpRun {
    private static final int MAX_PRETTY_BYTES = 10 << 20;

    private final Screen screen;
    private final Options options;

    /// What is asked for besides the request.
    ///
    /// @param retries attempts behind the first
    /// @param download where the body goes, if not to standard output
    /// @param checkStatus whether a status from 400 on is a failure
    public record Options(
            boolean follow,
            int retries,
            boolean stream,
            boolean timings,
            boolean verbose,
            boolean checkStatus,
            Optional<Duration> timeout,
            Optional<Path> download) {}

    public HttpRun(Screen screen, Options options) {
        this.screen = screen;
        this.options = options;
    }

    /// Makes the call, and shows what there is to show.
    ///
    /// @param more filters, for each step of a redirect
    /// @return the exit code
    public int run(Ask ask, HttpClient bare, Filter... more) throws IOException {
        HttpClient client = bare.with(filters(more).toArray(Filter[]::new));
        CallTimings timings = new CallTimings();
        HttpCall call = ask.call(client).attribute(CallTimings.KEY, timings);
        options.timeout().ifPresent(call::timeout);
        long begun = System.nanoTime();
        Response response = call.send();
        long answered = System.nanoTime();
        boolean isGood = !options.checkStatus() || !Status.isError(response.status());
        if (!options.verbose()) screen.head(timings.version(), response);
        try (Body body = response.body()) {
            if (options.download().isPresent() && isGood)
                download(body, options.download().get());
            else show(response, body);
        }
        screen.flush();
        if (options.timings()) show(timings, answered - begun, System.nanoTime() - answered);
        return isGood ? 0 : 1;
    }

    private List<Filter> filters(Filter... more) {
        List<Filter> filters = new ArrayList<>();
        if (options.follow()) {
            filters.add(Redirects.defaults().withListener(redirect -> {
                if (options.verbose()) screen.note("* " + redirect);
            }));
        }
        filters.addAll(List.of(more));
        filters.add(Decompression.defaults());
        if (options.retries() > 0) {
            filters.add(Retries.of(options.retries(), line -> screen.note("* " + line)));
        }
        if (options.verbose()) filters.add(new Transcript(screen));
        return filters;
    }

    private void show(Response response, Body body) throws IOException {
        String type = response.headers().value("Content-Type", "");
        boolean isJson = type.startsWith("application/json") || type.contains("+json");
        long length = body.length().orElse(0);
        if (screen.isTerminal() && isJson && !options.stream() && length <= MAX_PRETTY_BYTES) {
            screen.json(body.bytes(MAX_PRETTY_BYTES));
            return;
        }
        for (Bytes piece = body.read(); !piece.isEmpty(); piece = body.read()) {
            screen.bytes(piece);
            if (options.stream()) screen.flush();
        }
        if (screen.isTerminal()) screen.bytes(Bytes.ofUtf8("\n"));
    }

    private void download(Body body, Path file) {
        long bytes = body.toFile(file, new ProgressLine(screen));
        screen.endProgress();
        screen.note(bytes + " bytes in " + file);
    }

    private void show(CallTimings timings, long answered, long download) {
        if (timings.isReused()) screen.note("connection  reused");
        note("dns", timings.dns());
        note("connect", timings.connect());
        note("tls", timings.tls());
        note("wait", timings.pool());
        note("first-byte", timings.firstByte());
        note("download", Duration.ofNanos(download));
        note("total", Duration.ofNanos(answered + download));
    }

    private void note(String phase, Duration duration) {
        screen.note("%-11s %9.3f ms".formatted(phase, duration.toNanos() / 1e6));
    }
}
