package io.hawser.examples;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.session.Topics;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;

/// A chat with rooms, and the page for it: open `http://127.0.0.1:8080/` in two windows. Argument: where to
/// listen.
public final class ChatServer {
    private static final String PAGE = """
            <!doctype html><meta charset=utf-8><title>Chat</title>
            <h1>Room <span id=room></span></h1>
            <ul id=said></ul>
            <form><input id=text autofocus autocomplete=off><button>Say</button></form>
            <script>
            const room = location.hash.slice(1) || 'lobby';
            document.getElementById('room').textContent = room;
            const socket = new WebSocket(`ws://${location.host}/rooms/${encodeURIComponent(room)}`);
            socket.onmessage = event => {
              const line = document.createElement('li');
              line.textContent = event.data;
              document.getElementById('said').append(line);
            };
            document.forms[0].onsubmit = event => {
              event.preventDefault();
              const text = document.getElementById('text');
              socket.send(text.value);
              text.value = '';
            };
            </script>
            """;

    private ChatServer() {}

    static HttpServer start(String endpoint) {
        Topics rooms = Topics.open();
        HttpHandler web = request -> {
            if (request.path().equals("/")) return Response.html(PAGE);
            if (!request.path().matches("/rooms/\\w+")) return Response.notFound();
            Topic room = Topic.of("room." + request.path().substring("/rooms/".length()));
            return WebSockets.accept(request, WebSocketConfig.defaults(), new Guest(rooms, room));
        };
        return HttpServer.start(ListenConfig.on(endpoint), HttpConfig.defaults(), web);
    }

    private record Guest(Topics rooms, Topic room) implements SessionHandler {
        @Override
        public void opened(Session session) {
            rooms.publish(room, Message.text(name(session) + " came in"));
            rooms.join(session, TopicPattern.of(room));
            session.send(Message.text("welcome, " + name(session)));
        }

        @Override
        public void message(Session session, Message message) {
            rooms.publish(room, Message.text(name(session) + ": " + message.text()));
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            rooms.publish(room, Message.text(name(session) + " left"));
        }

        private static String name(Session session) {
            return "guest " + session.id().substring(0, 4);
        }
    }

    public static void main(String... args) {
        HttpServer server = start(args.length > 0 ? args[0] : "127.0.0.1:8080");
        System.out.println("open http://" + server.endpoint() + "/");
        System.exit(server.run());
    }
}
