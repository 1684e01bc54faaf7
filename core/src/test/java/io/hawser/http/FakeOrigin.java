package io.hawser.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// An HttpHandler in place of a network: answers by script, and keeps what it was asked.
final class FakeOrigin implements HttpHandler {
    private final Deque<HttpHandler> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    /// Answers with these, one for each request; the last one from then on.
    static FakeOrigin answering(Response... responses) {
        FakeOrigin origin = new FakeOrigin();
        for (Response response : responses) origin.then(request -> response);
        return origin;
    }

    synchronized FakeOrigin then(HttpHandler answer) {
        answers.add(answer);
        return this;
    }

    @Override
    public Response handle(Request request) throws Exception {
        HttpHandler answer;
        synchronized (this) {
            requests.add(request);
            answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        }
        return answer.handle(request);
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized Request last() {
        return requests.getLast();
    }
}
