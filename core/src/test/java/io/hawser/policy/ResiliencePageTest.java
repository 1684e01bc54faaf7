package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compiles and runs every Java block of docs/RESILIENCE.md, each in a method of its own.
@SuppressWarnings({"exports", "missing-explicit-ctor"}) // public for the blocks, in a package that tests share
public class ResiliencePageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("../docs/RESILIENCE.md")
            .normalize();
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String HEAD = """
            import io.hawser.*;
            import io.hawser.HawserException.Processed;
            import io.hawser.policy.*;
            import io.hawser.policy.ResiliencePageTest.*;
            import java.time.Duration;
            import org.jspecify.annotations.Nullable;
            public class Snippets extends ResiliencePageTest.Surroundings {
            """;

    /// What the blocks take for granted.
    public static class Surroundings {
        protected final Client client = new Client();
        protected final Client legacy = client;
        protected final Client database = client;
        protected final Logger logger = LoggerFactory.getLogger(ResiliencePageTest.class);
        protected final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        protected final PolicyContext context = PolicyContext.of("page");
        protected final List<Endpoint> endpoints = Endpoint.list("a:1,b:1");
    }

    /// An answer with a status.
    public record Reply(int status) {}

    /// What is called.
    public static final class Client {
        public String ask(String text) {
            return "answer to " + text;
        }

        public String askAt(Endpoint endpoint, String text) {
            return endpoint + " answers " + text;
        }

        public Reply fetch(String path) {
            return new Reply(path.length());
        }

        public String read() throws IOException {
            return "read";
        }

        public List<String> names(List<Long> ids) {
            return ids.stream().map(id -> "name " + id).toList();
        }

        public void check(Endpoint endpoint) {}
    }

    @Test
    void everyBlockCompilesAndRuns(@TempDir Path classes) throws Exception {
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(6);
        StringBuilder source = new StringBuilder(HEAD);
        for (int i = 0; i < blocks.size(); i++) {
            source.append("public void block").append(i).append("() throws Exception {\n");
            source.append(blocks.get(i)).append("}\n");
        }
        compile(source.append("}\n").toString(), classes);
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> snippets = loader.loadClass("Snippets");
            Object instance = snippets.getConstructor().newInstance();
            for (int i = 0; i < blocks.size(); i++) {
                snippets.getMethod("block" + i).invoke(instance);
            }
        }
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        BLOCK.matcher(Files.readString(PAGE)).results().forEach(block -> blocks.add(block.group(1)));
        return blocks;
    }

    private static void compile(String source, Path classes) {
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippets.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        List<String> options =
                List.of("-d", classes.toString(), "-classpath", System.getProperty("java.class.path"), "-proc:none");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, complaints, options, null, List.of(file))
                .call();
        assertThat(compiled).as("%s", complaints.getDiagnostics()).isTrue();
    }
}
