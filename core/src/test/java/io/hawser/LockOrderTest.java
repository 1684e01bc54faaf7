package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.architecture.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every class that locks is in the lock order of ARCHITECTURE.md, and no other is.
final class LockOrderTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("core", "nats", "hub", "openai");
    private static final Pattern LOCKS = Pattern.compile("\\bsynchronized\\b|new (Reentrant|Stamped)\\w*Lock\\(");
    private static final Pattern COMMENT = Pattern.compile("//.*");
    private static final Pattern NAMES = Pattern.compile("`([A-Z]\\w+)`");

    @Test
    void theLockOrderNamesEveryClassThatLocks() throws IOException {
        Set<String> missing = new TreeSet<>(locking());
        assertThat(missing).contains("BoundedPool", "TopicStore", "Peers");
        missing.removeAll(listed());
        assertThat(missing)
                .as("classes that lock and are not in ARCHITECTURE.md")
                .isEmpty();
    }

    @Test
    void whatTheLockOrderNamesInItsFirstColumnLocks() throws IOException {
        Set<String> gone = new TreeSet<>(listed());
        gone.removeAll(locking());
        assertThat(gone).as("in ARCHITECTURE.md, and locks nothing").isEmpty();
    }

    private static Set<String> locking() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : SourceTree.of(ROOT, MODULES).files()) {
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            String name = file.getFileName().toString();
            if (LOCKS.matcher(code).find()) found.add(name.substring(0, name.indexOf('.')));
        }
        return found;
    }

    private static Set<String> listed() throws IOException {
        String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        String section = page.substring(page.indexOf("## Lock order"), page.indexOf("## Configuration"));
        return section.lines()
                .filter(line -> line.startsWith("| `") || line.startsWith("| one lock"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(cell -> NAMES.matcher(cell).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
