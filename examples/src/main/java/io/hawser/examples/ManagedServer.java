package io.hawser.examples;

import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import java.util.concurrent.CompletableFuture;

/// Knows its sessions: `all TEXT` goes to everyone, `to SESSION TEXT` to one. Argument: where to listen.
public final class ManagedServer {
    private ManagedServer() {}

    static MessagingServer start(String endpoint) {
        CompletableFuture<MessagingServer> self = new CompletableFuture<>();
        SessionHandler handler = new SessionHandler() {
            @Override
            public void opened(Session session) {
                session.send(Message.text("you are " + session.id()));
            }

            @Override
            public void message(Session session, Message message) {
                String[] words = message.text().split(" ", 3);
                if (words[0].equals("all") && words.length > 1) {
                    String text = message.text().substring("all ".length());
                    self.join().sessions().broadcast(Message.text(session.clientId() + ": " + text));
                } else if (words[0].equals("to") && words.length == 3) {
                    switch (self.join()
                            .sessions()
                            .offer(words[1], Message.text(session.clientId() + " whispers: " + words[2]))) {
                        case QUEUED -> session.send(Message.text("delivered"));
                        case DROPPED -> session.send(Message.text(words[1] + " is too slow"));
                        case CLOSED -> session.send(Message.text("no session " + words[1]));
                    }
                } else {
                    session.send(Message.text("say: all TEXT, or: to SESSION TEXT"));
                }
            }

            @Override
            public void closed(Session session, CloseReason reason) {
                self.join().sessions().broadcast(Message.text(session.clientId() + " left: " + reason));
            }
        };
        MessagingServer server = MessagingServer.start(ListenConfig.on(endpoint), MessagingConfig.defaults(), handler);
        self.complete(server);
        return server;
    }

    public static void main(String... args) {
        MessagingServer server = start(args.length > 0 ? args[0] : "127.0.0.1:7000");
        System.out.println("listening on " + server.endpoint());
        System.exit(server.run());
    }
}
