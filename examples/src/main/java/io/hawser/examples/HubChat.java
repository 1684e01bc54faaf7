package io.hawser.examples;

import io.hawser.client.Data;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.client.Subscription;
import io.hawser.cluster.Position;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Says lines in a room of a hub and prints what is said there: `ws://127.0.0.1:9000/ws room.42 ann`,
/// beside `./hawser serve`. Nothing is missed while the hub restarts or the network is away, as long
/// as the hub keeps it.
public final class HubChat {
    /// What one participant says.
    public record Line(String who, String text) {}

    private HubChat() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 3) {
            System.err.println("URL TOPIC NAME, such as ws://127.0.0.1:9000/ws room.42 ann");
            System.exit(2);
        }
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        run(HubClientConfig.to(args[0]).withName(args[2]), args[1], input, System.out);
    }

    static void run(HubClientConfig hub, String room, BufferedReader input, PrintStream out)
            throws InterruptedException {
        try (HubClient client = HubClient.connect(hub)) {
            Subscription said = client.subscribe(room, event -> {
                Line line = event.data().as(Line.class);
                out.println(line.who() + ": " + line.text());
            });
            Position last = said.position();
            for (String text : (Iterable<String>) input.lines()::iterator) {
                last = client.publish(room, Data.of(new Line(hub.name(), text))).position();
            }
            // What was said last has to be printed, too.
            while (!said.position().equals(last)) Thread.sleep(10);
        }
    }
}
