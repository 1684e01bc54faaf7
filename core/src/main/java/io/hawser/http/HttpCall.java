package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.HawserException.Processed;
import io.hawser.internal.http.BodyBroken;
import io.hawser.internal.http.Downloads;
import io.hawser.internal.http.Names;
import io.hawser.session.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One call of an [HttpClient], put together and then sent by one of the methods that read its answer.
///
/// [#send()] gives the answer with whatever status it has, and its body is the caller's to close. The
/// others read the body and close it; since a value is all that they give, they throw
/// [io.hawser.UnexpectedStatus] for a status other than 2xx.
///
/// Errors: those of [HttpClient], and of reading a body; what an answer is that cannot be read is a
/// [io.hawser.ProtocolError] with code 502. A checked exception of a filter or a fake comes as the cause of
/// a [RuntimeException].
///
/// Thread: for one at a time.
public final class HttpCall {
    private final HttpClient client;
    private Request request;
    private Parameters query = Parameters.EMPTY;
    private @Nullable Duration timeout;

    HttpCall(HttpClient client, Request request) {
        this.client = client;
        this.request = request;
    }

    /// Adds one parameter to the query.
    public HttpCall query(String name, Object value) {
        query = query.adding(name, String.valueOf(value));
        return this;
    }

    /// Puts one field in place of all those of its name.
    public HttpCall header(String name, String value) {
        request = request.withHeader(name, value);
        return this;
    }

    /// Adds a field to those of its name.
    public HttpCall addHeader(String name, String value) {
        request = request.addingHeader(name, value);
        return this;
    }

    public HttpCall accept(String mediaTypes) {
        return header(Names.ACCEPT, mediaTypes);
    }

    /// `Authorization: Bearer`.
    public HttpCall bearer(String token) {
        return header(Names.AUTHORIZATION, "Bearer " + token);
    }

    /// `Authorization: Basic`. Source: RFC 7617
    ///
    /// @throws IllegalArgumentException if the user holds a colon
    public HttpCall basic(String user, String password) {
        if (user.indexOf(':') >= 0) throw new IllegalArgumentException("user: without a colon");
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return header(Names.AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /// Sends `body`, with the type that it says.
    public HttpCall body(Body body) {
        request = request.withBody(body);
        return this;
    }

    /// Sends UTF-8 text.
    public HttpCall text(String content) {
        return body(Body.text(content));
    }

    /// Sends the JSON of `value`; see [Body#json(Object)].
    public HttpCall json(Object value) {
        return body(Body.json(value));
    }

    /// Sends a form.
    public HttpCall form(Parameters fields) {
        return body(Body.form(fields));
    }

    /// Sends a form of `namesAndValues`, which take turns.
    public HttpCall form(String... namesAndValues) {
        return form(Parameters.of(namesAndValues));
    }

    /// Sends a form of fields and files.
    public HttpCall multipart(Part... parts) {
        return body(Body.multipart(parts));
    }

    /// Sends a file, with the size that it has now, and the type that its extension says unless another was
    /// given before.
    ///
    /// @throws UncheckedIOException if it cannot be read
    public HttpCall file(Path path) {
        try {
            Optional<String> given = request.header(Names.CONTENT_TYPE);
            body(Body.file(path));
            return given.isPresent() ? header(Names.CONTENT_TYPE, given.get()) : this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Sends the body only when the server asks for it, or has not answered within a second.
    ///
    /// Source: RFC 9110, section 10.1.1
    public HttpCall expectContinue() {
        return header(Names.EXPECT, "100-continue");
    }

    /// Ends it, its answer's body included where a method reads that too, after so long. For [#send()] and
    /// [#lines()] that ends with the head.
    public HttpCall timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /// A value for the filters around the client.
    public <T> HttpCall attribute(Key<T> key, T value) {
        request = request.withAttribute(key, value);
        return this;
    }

    /// The request as it would be sent.
    public Request request() {
        if (query.isEmpty()) return request;
        String before = request.rawQuery();
        String all = before.isEmpty() ? query.encode() : before + "&" + query.encode();
        return request.withTarget(request.target().split("\\?", 2)[0] + "?" + all);
    }

    /// The answer, whatever its status. The caller closes its body, as [HttpClient#handle(Request)] says.
    public Response send() {
        return limited(this::sendNow);
    }

    private Response sendNow() {
        try {
            return client.handle(request());
        } catch (RuntimeException failure) {
            throw failure;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted during " + request, Processed.MAYBE, interrupt);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception failure) {
            throw new BodyBroken(failure);
        }
    }

    private <T> T limited(Supplier<T> work) {
        Duration limit = timeout;
        return limit == null ? work.get() : Deadline.within(limit, work);
    }

    private <T> T reading(Function<Body, T> reading) {
        return limited(() -> Answers.read(request, sendNow(), reading));
    }

    private Response success() {
        Response response = sendNow();
        Answers.checkSuccess(request, response);
        return response;
    }

    /// The answer's JSON as a value of `type`.
    public <T> T as(Class<T> type) {
        return reading(body -> body.as(type));
    }

    /// The answer's JSON as a value of `type`, which may have parameters.
    public Object as(Type type) {
        return reading(body -> body.as(type, Body.DEFAULT_MAX_BYTES));
    }

    /// The answer's JSON array as a list of `element`s.
    public <T> List<T> asList(Class<T> element) {
        return reading(body -> body.asList(element));
    }

    /// The answer as text, [Body#DEFAULT_MAX_BYTES] at most.
    public String text() {
        return reading(Body::text);
    }

    /// The answer, [Body#DEFAULT_MAX_BYTES] at most.
    public Bytes bytes() {
        return reading(Body::bytes);
    }

    /// The answer.
    ///
    /// @throws io.hawser.LimitExceeded if it has more than `maxBytes`
    public Bytes bytes(long maxBytes) {
        return reading(body -> body.bytes(maxBytes));
    }

    /// The lines of the answer as they come. The caller closes the stream, which gives the connection back if
    /// the answer was read to its end, and ends it otherwise, or over HTTP/2 its stream.
    public Stream<String> lines() {
        return limited(this::success).body().lines();
    }

    /// Writes the answer to a file, which is there only when it is whole.
    ///
    /// @return how many bytes it has
    public long toFile(Path path) {
        return toFile(path, (bytes, total) -> {});
    }

    /// Writes the answer to a file, and says how far it has come.
    public long toFile(Path path, Progress progress) {
        return reading(body -> body.toFile(path, progress));
    }

    /// Reads the answer and forgets it.
    ///
    /// @return its status, whatever it is
    public int status() {
        return limited(() -> {
            Response response = sendNow();
            try (Body body = response.body()) {
                Downloads.skip(body);
            }
            return response.status();
        });
    }

    @Override
    public String toString() {
        return request.toString();
    }
}
