package io.hawser.conformance.http2;

import io.hawser.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The conformance suite h2spec, whose program comes in a Maven artifact, for Linux on x86_64.
final class H2spec {
    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
    private static final int TAR_BLOCK_BYTES = 512;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 11;

    private final Path program;

    private H2spec(Path program) {
        this.program = program;
    }

    static boolean runsHere() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64");
    }

    /// Takes the program out of its archive into `folder`: the first entry, and the only one.
    static H2spec unpack(Path folder) throws IOException {
        Path program = folder.resolve("h2spec");
        try (InputStream archive = H2spec.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) throw new IllegalStateException(ARCHIVE + " is not on the class path");
            try (GZIPInputStream in = new GZIPInputStream(archive)) {
                byte[] head = in.readNBytes(TAR_BLOCK_BYTES);
                String size = new String(head, SIZE_AT, SIZE_DIGITS, StandardCharsets.US_ASCII);
                Files.write(program, in.readNBytes(Integer.parseInt(size.strip(), 8)));
            }
        }
        if (!program.toFile().setExecutable(true)) throw new IOException(program + " cannot be made executable");
        return new H2spec(program);
    }

    /// Runs all cases, the strict ones included.
    ///
    /// @return a line for each: its section, its title and what came of it
    List<String> run(Endpoint endpoint, boolean tls, Path folder) throws Exception {
        Path report = folder.resolve("h2spec.xml");
        Path said = folder.resolve("h2spec.out");
        List<String> command = new ArrayList<>(List.of(
                program.toString(), "-h", endpoint.host(), "-p", String.valueOf(endpoint.port()), "-P", "/plaintext"));
        if (tls) command.addAll(List.of("-t", "-k"));
        command.addAll(List.of("-S", "-o", "10", "-j", report.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) throw new AssertionError("h2spec does not end");
        } finally {
            process.destroyForcibly();
        }
        if (!Files.exists(report)) throw new AssertionError(Files.readString(said));
        return lines(report);
    }

    private static List<String> lines(Path report) throws Exception {
        Document document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(report.toFile());
        NodeList cases = document.getElementsByTagName("testcase");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element each = (Element) cases.item(i);
            lines.add(each.getAttribute("package") + " | " + each.getAttribute("classname") + " | " + outcome(each));
        }
        return lines;
    }

    private static String outcome(Element played) {
        if (played.getElementsByTagName("failure").getLength() > 0
                || played.getElementsByTagName("error").getLength() > 0) {
            return "failed: " + played.getTextContent().strip();
        }
        return played.getElementsByTagName("skipped").getLength() > 0 ? "skipped" : "passed";
    }
}
