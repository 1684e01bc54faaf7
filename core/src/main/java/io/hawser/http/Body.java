package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.internal.http.BytesBody;
import io.hawser.internal.http.Downloads;
import io.hawser.internal.http.FileBody;
import io.hawser.internal.http.Json;
import io.hawser.internal.http.PieceStream;
import io.hawser.internal.http.StreamBody;
import io.hawser.internal.http.TextLines;
import io.hawser.internal.http.TrailedBody;
import io.hawser.internal.http.WholeBody;
import io.hawser.internal.http.WrittenBody;
import io.hawser.internal.http.multipart.MultipartBodies;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The content of a request or a response, pulled piece by piece by whoever wants it.
///
/// A body is read once, from its beginning to its end; what came from a network cannot be read again. One
/// that can, because it is a value, a file or can be produced anew, is replayable: [#fromStart()] gives an
/// independent reader, so that a constant response serves any number of requests and a request can be sent
/// again. The methods that take all of it ([#bytes()], [#text()], [#as(Class)], [#asInputStream()],
/// [#lines()]) begin with `fromStart()`.
///
/// Thread: one reader at a time. Reading may block, so it is not for an event loop, except where the body is in
/// memory.
///
/// Errors of reading: [io.hawser.ConnectionLost], [io.hawser.ProtocolError], [io.hawser.LimitExceeded],
/// [io.hawser.DeadlineExceeded] at [io.hawser.Deadline#current()], [io.hawser.Cancelled] on an interrupt,
/// [java.io.UncheckedIOException] of a file or stream.
///
/// Owner: whoever receives a message closes its body; the server does it for the requests that it brings
/// and the responses that it sends.
public interface Body extends AutoCloseable {
    /// What the methods without a limit of their own take at most: 10 MiB.
    long DEFAULT_MAX_BYTES = 10L << 20;

    /// The next piece, [Bytes#EMPTY] at the end and from then on. Waits for it.
    Bytes read();

    /// How many bytes it has in all, where that is known.
    default OptionalLong length() {
        return OptionalLong.empty();
    }

    /// What it says of its type, in the form of the field `Content-Type`.
    default Optional<String> contentType() {
        return Optional.empty();
    }

    /// Whether it can be read more than once.
    default boolean isReplayable() {
        return false;
    }

    /// This body from its beginning: of a replayable one an independent reader, otherwise the body itself.
    default Body fromStart() {
        return this;
    }

    /// The fields after its end; none before that is read.
    default Headers trailers() {
        return Headers.EMPTY;
    }

    /// Passes everything on to `sink` as it comes, trailers included.
    default void writeTo(Sink sink) throws Exception {
        Bytes piece = read();
        while (!piece.isEmpty()) {
            sink.write(piece);
            sink.flush();
            piece = read();
        }
        Headers trailers = trailers();
        if (!trailers.isEmpty()) sink.trailers(trailers);
    }

    /// Lets go of what it holds, read or not. Idempotent.
    @Override
    default void close() {}

    /// All of it, [#DEFAULT_MAX_BYTES] at most.
    default Bytes bytes() {
        return bytes(DEFAULT_MAX_BYTES);
    }

    /// All of it.
    ///
    /// @throws io.hawser.LimitExceeded if it has more than `maxBytes`, as soon as that is known
    default Bytes bytes(long maxBytes) {
        return WholeBody.read(fromStart(), maxBytes);
    }

    /// All of it as text, [#DEFAULT_MAX_BYTES] at most.
    default String text() {
        return text(DEFAULT_MAX_BYTES);
    }

    /// All of it as text: in the charset of its [#contentType()], otherwise UTF-8.
    default String text(long maxBytes) {
        return WholeBody.text(fromStart(), maxBytes);
    }

    /// Its JSON as a value of `type`, [#DEFAULT_MAX_BYTES] at most.
    ///
    /// @throws io.hawser.ProtocolError with code 400 if it is not JSON, does not fit the type, or has more
    ///     than 500 levels, a number of over 1,000 digits or a name of over 50,000 characters
    /// @throws IllegalArgumentException if `type` is primitive
    default <T> T as(Class<T> type) {
        return as(type, DEFAULT_MAX_BYTES);
    }

    /// Its JSON as a value of `type`: a record, a bean, a map, `JsonNode` and what else Jackson knows.
    ///
    /// Errors: those of [#as(Class)].
    default <T> T as(Class<T> type, long maxBytes) {
        return Json.readAs(fromStart(), type, maxBytes);
    }

    /// Its JSON as a value of `type`, which may have parameters.
    default Object as(Type type, long maxBytes) {
        return Json.read(fromStart(), type, maxBytes);
    }

    /// Its JSON array as a list of `element`s, [#DEFAULT_MAX_BYTES] at most.
    ///
    /// @throws io.hawser.ProtocolError with code 400 if it is none, or something in it is null or does not fit
    default <T> List<T> asList(Class<T> element) {
        return Json.readList(fromStart(), element, DEFAULT_MAX_BYTES);
    }

    /// Its `application/x-www-form-urlencoded` content.
    default Parameters form() {
        return Parameters.parse(text());
    }

    /// A view as a stream. Closing the stream closes the body.
    default InputStream asInputStream() {
        return new PieceStream(fromStart());
    }

    /// Its lines as they come, each without its `\n` or `\r\n` and of 1 MiB at most. Closing the stream
    /// closes the body.
    default Stream<String> lines() {
        return TextLines.of(fromStart());
    }

    /// Writes all of it to a file, which is there only when it is whole; closes the body.
    ///
    /// @return how many bytes it has
    default long toFile(Path path, Progress progress) {
        try (Body from = fromStart()) {
            return Downloads.toFile(from, path, progress);
        }
    }

    /// This body, with trailers that are asked for at its end.
    default Body withTrailers(Supplier<Headers> trailers) {
        return new TrailedBody(this, trailers);
    }

    /// The body of no bytes.
    static Body empty() {
        return BytesBody.NOTHING;
    }

    static Body of(Bytes bytes) {
        return bytes.isEmpty() ? empty() : BytesBody.of(bytes);
    }

    static Body of(Bytes bytes, String contentType) {
        return BytesBody.of(bytes, contentType);
    }

    /// UTF-8 text, `text/plain; charset=utf-8`.
    static Body text(String text) {
        return BytesBody.of(Bytes.ofUtf8(text), "text/plain; charset=utf-8");
    }

    /// The JSON of `value`, written at once: maps, lists, records, beans and what else Jackson knows.
    ///
    /// @throws IllegalArgumentException if it cannot be written as JSON
    static Body json(Object value) {
        return BytesBody.of(Json.write(value), "application/json");
    }

    /// A form, `application/x-www-form-urlencoded`.
    static Body form(Parameters parameters) {
        return BytesBody.of(Bytes.ofUtf8(parameters.encode()), "application/x-www-form-urlencoded");
    }

    /// A form of fields and files, `multipart/form-data`.
    static Body multipart(Part... parts) {
        return MultipartBodies.of(List.of(parts));
    }

    /// The file at `path`, with the size that it has now and the type that its extension says; sent without
    /// being copied through memory where possible.
    static Body file(Path path) throws IOException {
        return FileBody.of(path);
    }

    /// The `count` bytes of a file from `position` on. One that turns out to be shorter fails to be read.
    static Body file(Path path, long position, long count) {
        return new FileBody(path, position, count);
    }

    /// What `stream` gives, which is closed with the body.
    static Body of(InputStream stream) {
        return new StreamBody(stream, OptionalLong.empty());
    }

    /// The first `length` bytes of `stream`, which is closed with the body; what follows is not read, fewer
    /// are an error of reading.
    static Body of(InputStream stream, long length) {
        return new StreamBody(stream, OptionalLong.of(length));
    }

    /// What `producer` writes while it is being sent, as fast as it is taken.
    static Body writing(Producer producer) {
        return new WrittenBody(producer, Optional.empty());
    }

    /// What `producer` writes, with a `Content-Type`.
    static Body writing(String contentType, Producer producer) {
        return new WrittenBody(producer, Optional.of(contentType));
    }

    /// Writes the content of a body.
    @FunctionalInterface
    interface Producer {
        /// Writes all of it, then returns. May block. What it throws ends the message as broken off, and of
        /// a client's request the call, too: as it is, or as the cause of a [RuntimeException] if it is
        /// checked.
        void writeTo(Sink sink) throws Exception;
    }
}
