package io.hawser.conformance.soak;

import io.hawser.http.HttpVersion;
import io.hawser.internal.io.Buffers;
import io.hawser.io.IoThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The process of the clients. It says every second what was done (`counts`), each thing that is wrong
/// (`wrong`) when it happens, and `rest` when all is over. It ends when a line comes in, and is gone when
/// its input is.
///
/// Thread: the main one changes the weather.
public final class Load {
    private static final int TOPICS = 4;
    private static final int READERS_OF_A_TOPIC = 3;
    private static final int PAIRS = 2;
    private static final int CALLERS_OF_A_KIND = 3;
    private static final int ECHOES_OF_A_KIND = 3;
    private static final int STRANGERS = 2;
    private static final int FOLLOWERS_PAUSE_MILLIS = 1_000;
    private static final int SETTLE_SECONDS = 120;
    private static final int LOOKS_A_SECOND = 10;

    private final LoadPlan plan;
    private final Counts counts = new Counts();
    private final Findings findings;
    private final SplittableRandom random;
    private final List<Course> courses = new ArrayList<>();
    private final PrintStream out;
    private volatile boolean isTold;

    private Load(LoadPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
        this.random = new SplittableRandom(plan.seed());
        this.findings = new Findings(text -> say("wrong " + text));
    }

    public static void main(String[] arguments) throws Exception {
        Load load = new Load(LoadPlan.of(arguments), System.out);
        Thread.ofPlatform().daemon().name("orders").start(load::listen);
        load.run();
        // Whoever looks at this process at rest closes its input when that is done.
        Thread.currentThread().join();
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (in.readLine() != null) isTold = true;
        } catch (IOException e) {
            // So it is gone.
        }
        System.exit(isTold ? 0 : 1);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private void run() throws IOException, InterruptedException {
        // The threads are kept while clients come and go.
        try (IoThreads threads = IoThreads.shared();
                Weather weather = new Weather(plan.hub(), random.nextLong(), counts)) {
            Clients clients = new Clients(weather, plan.certificate(), random.nextLong());
            Troupe busy = new Troupe(findings, counts);
            Troupe speakers = new Troupe(findings, counts);
            Troupe readers = new Troupe(findings, counts);
            start(busy, speakers, readers, clients);
            while (!isTold) {
                TimeUnit.SECONDS.sleep(1);
                weather.change();
                report();
            }
            weather.calm();
            busy.end();
            Map<Numbers, Long> reached = acknowledged();
            await(course -> course.hasReached(reached.getOrDefault(course.numbers(), 0L)));
            speakers.stop();
            await(Course::isThrough);
            speakers.end();
            readers.end();
            findings.judge();
            var _ = threads;
        }
        report();
        say("rest");
    }

    private Map<Numbers, Long> acknowledged() {
        Map<Numbers, Long> reached = new HashMap<>();
        for (Course course : courses)
            reached.put(course.numbers(), course.numbers().acknowledged());
        return reached;
    }

    private void report() {
        say("counts wrong=" + findings.wrong() + " direct-bytes=" + Buffers.directBytes() + " " + counts);
    }

    private void start(Troupe busy, Troupe speakers, Troupe readers, Clients clients) {
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < CALLERS_OF_A_KIND; i++) {
            acts.add(new HttpAct("http1", () -> clients.http(false, HttpVersion.HTTP_1_1), findings, counts));
            acts.add(new HttpAct("http1-tls", () -> clients.http(true, HttpVersion.HTTP_1_1), findings, counts));
            acts.add(new HttpAct("http2", () -> clients.http(false, HttpVersion.HTTP_2), findings, counts));
            acts.add(new HttpAct("http2-tls", () -> clients.http(true, HttpVersion.HTTP_2), findings, counts));
        }
        for (int i = 0; i < ECHOES_OF_A_KIND; i++) {
            acts.add(new EchoAct("websocket", true, clients::webSocket, findings, counts));
            acts.add(new EchoAct("msgi", false, clients::msgi, findings, counts));
        }
        for (int i = 0; i < STRANGERS; i++) acts.add(new StrangerAct(plan.hub(), counts));
        List<Act> speaking = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) speaking.add(direct("direct-" + i, clients));
        for (int i = 0; i < TOPICS; i++) speaking.add(topic("soak." + i, readers, clients));
        int pauseMillis = Math.max(1, 1000 * (acts.size() + speaking.size()) / plan.perSecond());
        for (Act act : acts) busy.start(act, random.split(), pauseMillis);
        for (Act act : speaking) speakers.start(act, random.split(), pauseMillis);
    }

    private Act direct(String name, Clients clients) {
        Numbers numbers = new Numbers(name);
        Course course = course(name, numbers);
        return new DirectAct(numbers, course, clients::hub, clients::hub);
    }

    /// Starts the readers of a topic.
    ///
    /// @return who publishes to it
    private Act topic(String topic, Troupe readers, Clients clients) {
        Numbers numbers = new Numbers(topic);
        for (int i = 0; i < READERS_OF_A_TOPIC; i++) {
            Course followed = course("follow-" + topic + "-" + i, numbers);
            Course read = course("events-" + topic + "-" + i, numbers);
            HttpVersion version = i % 2 == 0 ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_2;
            boolean isSecure = i > 1;
            start(readers, new FollowAct(topic, followed, clients::hub, counts));
            start(readers, new EventsAct(topic, read, () -> clients.http(isSecure, version), counts));
        }
        return new PublishAct(numbers, "soak-" + plan.seed() + "-", clients::hub, counts);
    }

    private void start(Troupe readers, Act act) {
        readers.start(act, random.split(), FOLLOWERS_PAUSE_MILLIS);
    }

    private Course course(String reader, Numbers numbers) {
        Course course = new Course(reader, numbers, findings, counts);
        courses.add(course);
        return course;
    }

    /// Waits until everybody is there. A pause counts as short, however long it was: this process may be
    /// stopped.
    private void await(Predicate<Course> isThere) throws InterruptedException {
        for (int i = 0; i < SETTLE_SECONDS * LOOKS_A_SECOND; i++) {
            if (courses.stream().allMatch(isThere)) return;
            TimeUnit.MILLISECONDS.sleep(1000 / LOOKS_A_SECOND);
            if (i % LOOKS_A_SECOND == 0) report();
        }
        for (Course course : courses) {
            if (!isThere.test(course)) findings.wrong("did not get what was sent: " + course);
        }
    }
}
