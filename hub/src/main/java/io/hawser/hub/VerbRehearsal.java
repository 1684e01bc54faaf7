package io.hawser.hub;

import java.util.ArrayList;
import java.util.List;

/// The verbs whose start-up time matters, and one request of each kind to a hub that is rehearsed with them.
final class VerbRehearsal {
    private static final List<String> PATHS = List.of("/json", "/", "/health/ready", "/api/v1/stats", "/metrics");

    /// One of each kind, as a browser asks; ten messages come back.
    private static final List<String> REQUESTS = List.of("""
            {"id":1,"hello":{"client":"rehearsal"}}""", """
            {"id":2,"sub":{"topic":"rehearsal"}}""", """
            {"id":3,"pub":{"topic":"rehearsal","d":{"a":[1,2.5,true,null]},"mid":"a"}}""", """
            {"id":4,"bcast":{"d":"all"}}""", """
            {"id":5,"send":{"to":"nobody","d":"psst"}}""", """
            {"id":6,"who":{"topic":"rehearsal"}}""", """
            {"id":7,"unsub":{"topic":"rehearsal"}}""", """
            {"id":8,"none":{}}""");

    private VerbRehearsal() {}

    /// Returns 0 if all of them succeed.
    static int run(String hub) {
        int failures = Main.run("--help")
                + Main.run("version")
                + Main.run("msg", hub, "--send", "text")
                + Main.run("msg", hub, "--subscribe", "rehearsal", "--send", "text", "--count", "1")
                + Main.run("ws", "ws://" + hub + "/echo", "--send", "text", "--count", "1")
                + talk(hub);
        for (String path : PATHS) failures += Main.run("http", hub + path, "--timings");
        return failures;
    }

    private static int talk(String hub) {
        List<String> arguments = new ArrayList<>(
                List.of("ws", "ws://" + hub + "/ws", "--subprotocol", "hawser.v1.json", "--count", "10"));
        for (String request : REQUESTS) arguments.addAll(List.of("--send", request));
        return Main.run(arguments.toArray(String[]::new));
    }
}
