package io.hawser.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the links between the pages to the files and headings that there are.
final class LinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("^```.*?^```$|`[^`]*`", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(pages::add);
        }
        assertThat(pages).hasSizeGreaterThan(30);
        for (Path page : pages) assertThat(dead(page)).as(page.toString()).isEmpty();
    }

    @Test
    void aDeadLinkIsFound() throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"),
                "# One `word`, or 2\n[a](page.md#one-word-or-2) [b](page.md#two) [c](no.md) `[d](no)`\n");
        assertThat(dead(page)).containsExactly("page.md#two", "no.md");
    }

    private static List<String> dead(Path page) throws IOException {
        List<String> dead = new ArrayList<>();
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        for (MatchResult link : LINK.matcher(text).results().toList()) {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            String heading = link.group(2);
            if (!Files.exists(target)) dead.add(link.group(1));
            else if (heading != null && !headings(target).contains(heading)) dead.add(link.group(1) + "#" + heading);
        }
        return dead;
    }

    /// As they are called in links: in lower case, without punctuation, with hyphens.
    private static List<String> headings(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
