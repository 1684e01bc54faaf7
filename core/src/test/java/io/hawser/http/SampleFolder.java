package io.hawser.http;

import io.hawser.internal.http.HttpDates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/// A folder of many kinds of files to serve, and what lies beside it and must not be.
record SampleFolder(Path root, StaticFiles files) {
    static final Instant MODIFIED = Instant.parse("2025-01-02T03:04:05.6Z");
    static final String MODIFIED_TEXT = HttpDates.format(MODIFIED);

    static SampleFolder in(Path folder) throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        SampleFolder sample = new SampleFolder(root, StaticFiles.of(root));
        sample.write("digits.txt", "0123456789");
        sample.write("empty.txt", "");
        sample.write("index.html", "<p>top");
        sample.write("sub/index.html", "<p>sub");
        sample.write("sub/a b.txt", "space");
        sample.write("bare/x.txt", "x");
        sample.write("ünï.txt", "utf8");
        sample.write("app.3f2a9c1b.js", "hashed");
        sample.write("app.js", "plain app");
        sample.write("app.js.br", "BR");
        sample.write("app.js.gz", "GZIP");
        sample.write("pic.png", "png");
        sample.write("pic.png.gz", "nobody wants it");
        sample.write("noext", "?");
        sample.write(".secret", "s");
        sample.write(".well-known/x.txt", "known");
        sample.write("sub/.git/config", "git");
        Files.writeString(folder.resolve("outside.txt"), "outside");
        Files.createDirectory(folder.resolve("root-evil"));
        Files.writeString(folder.resolve("root-evil/x.txt"), "outside");
        return sample;
    }

    void write(String name, String text) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.from(MODIFIED));
    }

    Response get(String target, String... headers) throws IOException {
        return files.handle(Request.get(target).withHeaders(Headers.of(headers)));
    }
}
