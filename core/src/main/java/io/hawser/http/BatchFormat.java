package io.hawser.http;

import io.hawser.internal.http.JsonBatch;
import java.util.List;

/// How an API takes several requests in one.
public interface BatchFormat {
    /// Whether `request` may go with others.
    boolean takes(Request request);

    /// One request in the place of `requests`, whose bodies are in memory.
    Request join(List<Request> requests) throws Exception;

    /// The answers to each, in the same order; what it throws, all get. Closes the body of `response`.
    List<Response> split(Response response, int count) throws Exception;

    /// `POST` to `url` of a JSON array of `{"method","target","headers","body"}` (the body as text, where there is
    /// one), answered by an array of `{"status","headers","body"}`. Takes GET, and what has a body of JSON or text.
    ///
    /// @param url of the batch endpoint, absolute
    static BatchFormat json(String url) {
        return new JsonBatch(url);
    }
}
