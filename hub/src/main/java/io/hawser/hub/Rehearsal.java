package io.hawser.hub;

import io.hawser.internal.process.JvmCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs once after a build, for the JVM to watch: what it loads and links here, the AOT cache has ready for
/// later starts. As those it is a run of the jar, whose manifest counts for the cache.
///
///     java -XX:AOTCacheOutput=SERVE -jar hawser-hub-all.jar rehearse [VERBS]
///
/// The hub runs in this process, from its start to its end, and all other verbs in one of their own
/// ([VerbRehearsal]), whose cache is the file VERBS: a start maps the whole of its cache, so the hub's has
/// nothing that only a client needs.
///
/// The launcher throws the output away, and goes on without a cache when this fails.
final class Rehearsal {
    static final String NAME = "rehearse";

    private static final String VERBS = "--verbs";
    private static final Pattern READY = Pattern.compile("hawser ready (\\S+:\\d+) .*");

    private Rehearsal() {}

    /// Returns the exit code.
    static int run(String... args) throws Exception {
        if (args.length == 3 && args[1].equals(VERBS)) return VerbRehearsal.run(args[2]);
        CompletableFuture<String> address = new CompletableFuture<>();
        PrintStream out = System.out;
        System.setOut(new PrintStream(new ReadyLine(address), true, StandardCharsets.UTF_8));
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
                () -> Main.run("serve", "--port", "0"),
                runnable -> Thread.ofPlatform().start(runnable));
        exitCode.whenComplete((code, failure) -> address.cancel(false));
        String hub = address.get();
        System.setOut(out);
        int otherCode;
        try {
            otherCode = otherVerbs(hub, args.length == 2 ? Optional.of(args[1]) : Optional.empty());
        } finally {
            Class<?> signal = Class.forName("sun.misc.Signal");
            signal.getMethod("raise", signal)
                    .invoke(null, signal.getConstructor(String.class).newInstance("TERM"));
        }
        return Math.max(otherCode, exitCode.get());
    }

    private static int otherVerbs(String hub, Optional<String> cache) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(JvmCommand.of(Main.class, List.of(NAME, VERBS, hub)));
        cache.ifPresent(file -> command.add(1, "-XX:AOTCacheOutput=" + file));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /// Standard output, until a line of it names the address.
    private static final class ReadyLine extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final CompletableFuture<String> address;

        ReadyLine(CompletableFuture<String> address) {
            this.address = address;
        }

        @Override
        public void write(int b) {
            line.write(b);
            if (b != '\n') return;
            Matcher ready = READY.matcher(line.toString(StandardCharsets.UTF_8).strip());
            if (ready.matches()) address.complete(ready.group(1));
            line.reset();
        }
    }
}
