package io.hawser.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The Java of all pages: a class for each page, a method for each block, and around them what is hidden on the page.
/// They run in a process of their own, which they may leave as they like.
final class Snippets {
    private static final Pattern IMPORT = Pattern.compile("^import .*;\\n", Pattern.MULTILINE);
    private static final List<String> PACKAGES = List.of(
            "io.hawser",
            "io.hawser.client",
            "io.hawser.cluster",
            "io.hawser.config",
            "io.hawser.http",
            "io.hawser.io",
            "io.hawser.messaging",
            "io.hawser.metrics",
            "io.hawser.policy",
            "io.hawser.pool",
            "io.hawser.session",
            "io.hawser.tcp",
            "io.hawser.tick",
            "io.hawser.websocket",
            "io.hawser.hub",
            "java.nio.file",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.stream");

    private Snippets() {}

    static String source(Page page) {
        StringBuilder imports = new StringBuilder();
        for (String name : PACKAGES) imports.append("import ").append(name).append(".*;\n");
        StringBuilder members = new StringBuilder();
        for (Block block : page.blocks()) {
            if (!block.isSnippet()) continue;
            IMPORT.matcher(block.content()).results().forEach(found -> imports.append(found.group()));
            String code = IMPORT.matcher(page.here(block.content())).replaceAll("");
            if (block.isHidden()) members.append(code);
            else
                members.append("public void line")
                        .append(block.line())
                        .append("() throws Exception {\n" + code + "}\n");
        }
        return imports + "public class " + page.className() + " {\n" + members + "}\n";
    }

    /// Compiles all of them, and says all that is wrong.
    static void compile(List<Page> pages, Path classes) {
        List<JavaFileObject> files = new ArrayList<>();
        for (Page page : pages) {
            String source = source(page);
            files.add(
                    new SimpleJavaFileObject(
                            URI.create("string:///" + page.className() + ".java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    });
        }
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        List<String> options =
                List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"), "-proc:none");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, complaints, options, null, files)
                .call();
        assertThat(compiled)
                .as(
                        "%s",
                        complaints.getDiagnostics().stream()
                                .map(Object::toString)
                                .toList())
                .isTrue();
    }

    /// Runs every method of the classes.
    ///
    /// @return what it said, one line for each block
    static String run(List<Page> pages, Path classes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path") + System.getProperty("path.separator") + classes,
                SnippetRunner.class.getName()));
        for (Page page : pages) command.add(page.className());
        Process process = new ProcessBuilder(command)
                .directory(classes.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = process.inputReader().readAllAsString();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
