package io.hawser.examples;

import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSockets;
import java.io.PrintStream;

/// Reads the prices of [PriceFeed], and subscribes again after each reconnect: stop the server and start it
/// again. Arguments: the address, and patterns.
public final class PriceReader {
    private PriceReader() {}

    /// Prints prices.
    ///
    /// @param count how many
    static void run(PrintStream out, String uri, int count, String... patterns) {
        WebSocketClientConfig config = WebSocketClientConfig.to(uri);
        try (WebSocket feed = WebSockets.connect(config, session -> {
            out.println("connected, subscribing");
            for (String pattern : patterns) session.send(Message.text(pattern));
        })) {
            int left = count;
            for (Message message : feed) {
                PriceFeed.Price price = WebSockets.fromJson(message, PriceFeed.Price.class);
                out.println(price.name() + " " + price.value());
                if (--left == 0) return;
            }
            out.println("over: " + feed.lastCloseReason().orElse(CloseReason.NORMAL));
        }
    }

    public static void main(String... args) {
        String uri = args.length > 0 ? args[0] : "ws://127.0.0.1:8080/";
        String[] patterns =
                args.length > 1 ? java.util.Arrays.copyOfRange(args, 1, args.length) : new String[] {"price.*"};
        run(System.out, uri, Integer.MAX_VALUE, patterns);
    }
}
