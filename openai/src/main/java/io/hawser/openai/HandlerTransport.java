package io.hawser.openai;

import com.openai.core.RequestOptions;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIIoException;
import io.hawser.Async;
import io.hawser.Deadline;
import io.hawser.HawserException;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The SDK's transport, by a handler of Hawser.
///
/// The SDK's limit for a whole request is the deadline of the call until its answer begins; how long a stream may
/// take is for its reader to say.
///
/// Errors: transport failures are [OpenAIIoException]s, as the SDK expects, with the failure as their cause.
final class HandlerTransport implements HttpClient {
    private final HttpHandler handler;

    HandlerTransport(HttpHandler handler) {
        this.handler = handler;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        try (HttpRequestBody _ = request.body()) {
            Request sent = request(request);
            return new HandlerResponse(deadline(options).call(() -> handler.handle(sent)));
        } catch (HawserException | IOException | UncheckedIOException failure) {
            throw new OpenAIIoException("the call failed: " + failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OpenAIIoException("interrupted", interrupted);
        } catch (Exception failure) {
            throw new OpenAIIoException("the call failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return Async.call(() -> execute(request, options));
    }

    private static Deadline deadline(RequestOptions options) {
        var timeout = options.getTimeout();
        return timeout == null ? Deadline.none() : Deadline.after(timeout.request());
    }

    private static Request request(HttpRequest request) {
        Headers.Builder headers = Headers.builder();
        for (String name : request.headers().names()) {
            for (String value : request.headers().values(name)) headers.add(name, value);
        }
        Request sent =
                Request.of(Method.of(request.method().name()), request.url()).withHeaders(headers.build());
        @Nullable HttpRequestBody body = request.body();
        return body == null ? sent : sent.withBody(body(body));
    }

    /// What can be written again is written when it is sent, as often as it is; a stream is passed on.
    private static Body body(HttpRequestBody body) {
        String type = body.contentType();
        String contentType = type == null ? "application/octet-stream" : type;
        if (body.repeatable()) return new RepeatableBody(body, contentType);
        long length = body.contentLength();
        Body stream = length < 0 ? Body.of(body.content()) : Body.of(body.content(), length);
        return new TypedBody(stream, contentType);
    }

    /// The handler belongs to whoever made it.
    @Override
    public void close() {}
}
