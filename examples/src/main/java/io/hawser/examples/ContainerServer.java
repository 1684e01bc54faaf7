package io.hawser.examples;

import io.hawser.messaging.Container;
import io.hawser.messaging.MessageRouter;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Key;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.tcp.ListenConfig;
import java.util.concurrent.ConcurrentHashMap;

/// Answers containers: a login, then updates of named values. Argument: where to listen.
public final class ContainerServer {
    private static final Key<String> USER = Key.of("user");

    private ContainerServer() {}

    static MessagingServer start(String endpoint) {
        ConcurrentHashMap<String, Long> values = new ConcurrentHashMap<>();
        MessageRouter<Session> router = MessageRouter.<Session>builder()
                .on("login", (session, login) -> {
                    session.attribute(USER, login.string("user"));
                    answer(
                            session,
                            login.reply("welcome")
                                    .with("user", login.string("user"))
                                    .build());
                })
                .on("data.update", (session, update) -> {
                    if (session.attribute(USER).isEmpty()) {
                        answer(
                                session,
                                update.reply("error")
                                        .with("text", "log in first")
                                        .build());
                        return;
                    }
                    long value = values.merge(update.string("name"), update.int64("add"), Long::sum);
                    answer(
                            session,
                            update.reply("data.value").with("value", value).build());
                })
                .otherwise((session, other) -> answer(
                        session,
                        other.reply("error")
                                .with("text", "unknown: " + other.type())
                                .build()))
                .build();
        return MessagingServer.start(
                ListenConfig.on(endpoint),
                MessagingConfig.defaults(),
                (session, message) -> router.route(session, message.bytes()));
    }

    private static void answer(Session session, Container container) {
        session.send(Message.binary(container.toCbor()));
    }

    public static void main(String... args) {
        MessagingServer server = start(args.length > 0 ? args[0] : "127.0.0.1:7000");
        System.out.println("listening on " + server.endpoint());
        System.exit(server.run());
    }
}
