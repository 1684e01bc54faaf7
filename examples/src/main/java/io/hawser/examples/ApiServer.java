package io.hawser.examples;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.Status;
import io.hawser.tcp.ListenConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps notes in memory: GET and POST /notes, GET and DELETE /notes/ID. Argument: where to listen.
public final class ApiServer {
    record NewNote(String text) {}

    record Note(long id, String text) {}

    private static final int MAX_NOTES = 10_000;

    private final Map<Long, Note> notes = new ConcurrentSkipListMap<>();
    private final AtomicLong lastId = new AtomicLong();

    private ApiServer() {}

    static HttpServer start(String endpoint) {
        return HttpServer.start(ListenConfig.on(endpoint), HttpConfig.defaults(), new ApiServer().routes());
    }

    private HttpHandler routes() {
        return Router.builder()
                .get("/notes", request -> Response.json(List.copyOf(notes.values())))
                .post("/notes", this::add)
                .get("/notes/{id:long}", this::find)
                .delete("/notes/{id:long}", this::remove)
                .build();
    }

    private Response add(Request request) {
        NewNote asked = request.body().as(NewNote.class);
        if (notes.size() >= MAX_NOTES) {
            return Problem.of(Status.INSUFFICIENT_STORAGE, "there are " + MAX_NOTES + " notes")
                    .response();
        }
        Note note = new Note(lastId.incrementAndGet(), asked.text());
        notes.put(note.id(), note);
        return Response.json(Status.CREATED, note).withHeader("Location", "/notes/" + note.id());
    }

    private Response find(Request request) {
        Note note = notes.get(request.numberParameter("id"));
        return note == null ? Response.notFound() : Response.json(note);
    }

    private Response remove(Request request) {
        return notes.remove(request.numberParameter("id")) == null ? Response.notFound() : Response.noContent();
    }

    public static void main(String... args) {
        HttpServer server = start(args.length > 0 ? args[0] : "127.0.0.1:8080");
        System.out.println("listening on " + server.endpoint());
        System.exit(server.run());
    }
}
