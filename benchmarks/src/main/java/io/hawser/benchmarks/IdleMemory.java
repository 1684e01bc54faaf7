package io.hawser.benchmarks;

import io.hawser.hub.bench.HoldReport;
import io.hawser.hub.bench.HoldRun;
import io.hawser.hub.bench.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What an idle connection costs a server: the slope of its live heap and of its resident memory between two
/// numbers of connections, each of which has been answered once.
///
/// The young generation is fixed and small, so that its pages are all resident before the first figure is
/// taken and what is added is the connections' own.
final class IdleMemory {
    static final int FEW = 5_000;
    static final int MANY = 15_000;

    /// Room, too, for servers that give every connection buffers of its own.
    static final String HEAP = "-Xmn16m -Xms64m -Xmx2g";

    private static final int PAYLOAD_BYTES = 64;
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+([0-9]+) kB$");

    /// What one server showed.
    ///
    /// @param connectsPerSecond while the second part of the connections was opened, one after the other
    ///     answered
    record Result(
            String peer,
            OptionalDouble heapBytesPerConnection,
            double residentBytesPerConnection,
            double connectsPerSecond,
            Map<String, Long> faults) {}

    private record Reading(OptionalLong heapBytes, long residentBytes) {}

    private final Workbench bench;
    private final EchoRow.Kind kind;

    IdleMemory(Workbench bench, EchoRow.Kind kind) {
        this.bench = bench;
        this.kind = kind;
    }

    /// A server that fails is a result, too.
    Result measure(Peer peer) throws InterruptedException {
        try {
            return slope(peer);
        } catch (IOException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            var failed = Map.of(Cells.reason(e), 1L);
            return new Result(peer.name(), OptionalDouble.empty(), Double.NaN, Double.NaN, failed);
        }
    }

    private Result slope(Peer peer) throws IOException, InterruptedException {
        var lean = peer.java() ? peer.with(bench, HEAP.split(" ", -1)) : peer;
        try (var process = PeerProcess.start(lean, bench.serverPinning())) {
            // Code that is compiled and pools that are filled now do not count as the connections' memory later.
            try (var practice = hold(process, FEW)) {
                practice.open(Progress.silent());
            }
            return slope(peer, process);
        }
    }

    private Result slope(Peer peer, PeerProcess process) throws IOException, InterruptedException {
        try (var few = hold(process, FEW);
                var more = hold(process, MANY - FEW)) {
            var first = few.open(Progress.silent());
            var atFew = read(process);
            var second = more.open(Progress.silent());
            var atMany = read(process);
            var faults = new TreeMap<>(first.faults());
            second.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
            return result(peer, atFew, atMany, second, faults);
        }
    }

    /// VmRSS of a process's status file.
    static long residentBytes(String status) {
        var resident = RESIDENT.matcher(status);
        if (!resident.find()) throw new IllegalArgumentException("a status without VmRSS");
        return Long.parseLong(resident.group(1)) << 10;
    }

    private static Result result(Peer peer, Reading few, Reading many, HoldReport second, Map<String, Long> faults) {
        double connections = MANY - FEW;
        var heap = few.heapBytes().isPresent() && many.heapBytes().isPresent()
                ? OptionalDouble.of(
                        (many.heapBytes().getAsLong() - few.heapBytes().getAsLong()) / connections)
                : OptionalDouble.empty();
        double resident = (many.residentBytes() - few.residentBytes()) / connections;
        return new Result(peer.name(), heap, resident, second.connectsPerSecond(), faults);
    }

    private HoldRun hold(PeerProcess process, int connections) throws IOException {
        return new HoldRun(EchoRow.protocol(kind, PAYLOAD_BYTES), process.address(), connections, OptionalLong.empty());
    }

    private static Reading read(PeerProcess process) throws IOException, InterruptedException {
        var heap = OptionalLong.empty();
        if (process.peer().java()) {
            // The first collection may leave what a second one finds, and being asked costs memory the first time.
            Jcmd.liveHeapBytes(process.pid());
            heap = OptionalLong.of(Jcmd.liveHeapBytes(process.pid()));
        }
        var status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        return new Reading(heap, residentBytes(status));
    }
}
