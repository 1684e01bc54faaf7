package io.hawser.testkit.it;

import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.ProtocolError;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.TcpServer;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A client of ours that says something to a server of ours and hears it again, in each protocol.
enum Talk {
    HTTP_1_1 {
        @Override
        void echo(Endpoint through, Duration within, List<String> texts) {
            overHttp(HttpVersion.HTTP_1_1, through, within, texts);
        }
    },
    HTTP_2 {
        @Override
        void echo(Endpoint through, Duration within, List<String> texts) {
            overHttp(HttpVersion.HTTP_2, through, within, texts);
        }
    },
    WEBSOCKET {
        @Override
        void echo(Endpoint through, Duration within, List<String> texts) {
            Deadline.within(within, () -> {
                WebSocketClientConfig config = WebSocketClientConfig.to("ws://" + through + "/socket");
                try (WebSocket client = WebSockets.connect(config)) {
                    Optional<Session> first = client.session();
                    for (String text : texts) {
                        client.send(text);
                        same(text, hear(client::receive, () -> client.session().equals(first)));
                    }
                }
                return texts;
            });
        }
    },
    MSGI {
        @Override
        void echo(Endpoint through, Duration within, List<String> texts) {
            Deadline.within(within, () -> {
                try (MessagingClient client = MessagingClient.open(MessagingClientConfig.to("c", through))) {
                    Optional<Session> first = client.session();
                    for (String text : texts) {
                        client.send(Message.text(text));
                        same(text, hear(client::receive, () -> client.session().equals(first)));
                    }
                }
                return texts;
            });
        }
    };

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int LIMIT = 4 << 20;

    /// Sends each of `texts` over one connection, and compares what comes back.
    ///
    /// @throws io.hawser.HawserException if the network does not let it; anything else is a defect
    abstract void echo(Endpoint through, Duration within, List<String> texts);

    /// A server of all of them.
    static TcpServer serve() {
        SessionHandler echo = (session, message) -> session.send(message);
        return TcpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                List.of(
                        MessagingServer.protocol(MessagingConfig.defaults().withMaxMessageBytes(LIMIT), echo),
                        HttpServer.protocol(HttpConfig.defaults(), request -> answer(request, echo))));
    }

    private static Response answer(Request request, SessionHandler echo) {
        if (request.path().equals("/socket")) return WebSockets.accept(request, WebSocketConfig.defaults(), echo);
        return Response.text(request.body().text());
    }

    private static void overHttp(HttpVersion version, Endpoint through, Duration within, List<String> texts) {
        HttpClientConfig config = HttpClientConfig.to("http://" + through).withVersions(version);
        Deadline.within(within, () -> {
            try (HttpClient client = HttpClient.open(config)) {
                for (String text : texts) {
                    Response answer = client.post("/echo").text(text).send();
                    // A server that got half a request may say so.
                    if (answer.status() == 200) same(text, answer.body().text());
                    else throw new ProtocolError(answer.status(), "answered " + answer.status(), "this test");
                }
            }
            return texts;
        });
    }

    /// The next message; what was sent on a connection that is lost is not answered on the next.
    private static String hear(Supplier<Message> receive, BooleanSupplier isFirst) {
        while (true) {
            try {
                return Deadline.within(LOOK, receive).text();
            } catch (DeadlineExceeded none) {
                if (!isFirst.getAsBoolean()) throw new ConnectionLost("the connection was lost", Processed.MAYBE, none);
                if (Deadline.current().remainingNanos() <= 0) throw none;
            }
        }
    }

    private static void same(String sent, String heard) {
        if (!sent.equals(heard)) throw new AssertionError("sent '" + sent + "' and heard '" + heard + "'");
    }
}
