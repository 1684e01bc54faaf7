package io.hawser.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Builds the peer in C++ when its source is newer than its program.
final class AsioBuild {
    private AsioBuild() {}

    /// The peer; where it cannot be built, it says why.
    static Peer peer(Path home, int loops) throws InterruptedException {
        var source = home.resolve("benchmarks/native/asio_echo.cpp");
        var program = home.resolve("benchmarks/target/native/asio_echo");
        var command = List.of(program.toString(), "--port", "0", "--threads", Integer.toString(loops));
        var missing = build(source, program);
        var compiler = Workbench.has("g++") ? Versions.ofProgram("g++", "-dumpfullversion") : "";
        return new Peer("asio", "ASIO, C++, g++ " + compiler + " -O2", command, false, missing);
    }

    private static String build(Path source, Path program) throws InterruptedException {
        if (!Workbench.has("g++")) return "no g++ on the path";
        try {
            if (isNewer(program, source)) return "";
            Files.createDirectories(program.getParent());
            Workbench.run(
                    "g++",
                    "-O2",
                    "-std=c++20",
                    "-DASIO_STANDALONE",
                    "-pthread",
                    "-Wall",
                    "-Wextra",
                    "-o",
                    program.toString(),
                    source.toString());
            return "";
        } catch (IOException e) {
            var why = String.valueOf(e.getMessage());
            return why.contains("asio.hpp: No such file") ? "no asio.hpp; the package is libasio-dev" : why;
        }
    }

    private static boolean isNewer(Path program, Path source) throws IOException {
        return Files.isExecutable(program)
                && Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) >= 0;
    }
}
