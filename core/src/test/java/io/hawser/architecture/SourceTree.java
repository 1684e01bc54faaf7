package io.hawser.architecture;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Java files below `src/main` of some modules, and the rules that are about files rather than classes.
///
/// @param root what the paths in complaints are relative to
/// @param files every Java file but package-info and module-info
public record SourceTree(Path root, List<Path> files) {
    private static final int MEDIAN_MAX = 100;
    private static final int PERCENTILE_90_MAX = 300;
    private static final int LONGEST_MAX = 500;

    /// Outside a comment, at the beginning of a line: the nested ones are indented.
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public [a-z -]*(class|interface|record|enum|@interface) ", Pattern.MULTILINE);

    /// A case of a switch that matches by type, or null.
    private static final Pattern CASE_OF_TYPE = Pattern.compile(
            "\\bcase null\\b|\\bcase [A-Z][\\w.]*(<[^>]*>)?( [a-z_]\\w*|\\([^)]*\\))[ ,]*(when |->|\\R)");

    /// Something that is called a secret, or what is shown to prove that one is known.
    private static final String SECRET =
            "\\w*(?:[sS]ecret|[tT]oken|[mM]ac\\b|[pP]roof|[pP]assword|[sS]ignature|carried|expected)\\w*";

    /// A comparison that ends at the first byte that differs, of bytes or of a secret.
    private static final Pattern LOOSE_COMPARISON = Pattern.compile("\\bArrays\\.(?:equals|compare|mismatch)\\("
            + "|\\bcontentEquals\\(|" + SECRET + "[\\w.()]*\\.equals\\w*\\(|\\bequals\\w*\\([^()]*" + SECRET);

    private static final Pattern STRICT_COMPARISON =
            Pattern.compile("\\bMessageDigest\\.isEqual\\(|\\bCredentials\\.areEqual\\(");

    /// The files of `modules`, which are folders of `root`; one without sources has none.
    public static SourceTree of(Path root, List<String> modules) {
        List<Path> files = new ArrayList<>();
        for (String module : modules) {
            Path sources = root.resolve(module).resolve("src/main/java");
            if (!Files.isDirectory(sources)) continue;
            try (Stream<Path> paths = Files.walk(sources)) {
                paths.filter(path -> path.toString().endsWith(".java"))
                        .filter(path -> !path.getFileName().toString().contains("-info."))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return new SourceTree(root, List.copyOf(files));
    }

    /// What is too long: a file, the median of all, or their 90th percentile.
    public List<String> tooLong() {
        List<String> complaints = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        for (Path file : files) {
            int length = (int) text(file).lines().count();
            lengths.add(length);
            if (length > LONGEST_MAX) complaints.add(name(file) + " has " + length + " lines, over " + LONGEST_MAX);
        }
        lengths.sort(null);
        limit("the median", rank(lengths, 50), MEDIAN_MAX, complaints);
        limit("the 90th percentile", rank(lengths, 90), PERCENTILE_90_MAX, complaints);
        return complaints;
    }

    /// Folders with classes but without a package-info that says `@NullMarked`.
    public List<String> notNullMarked() {
        Map<Path, List<Path>> folders = files.stream().collect(groupingBy(Path::getParent));
        return folders.keySet().stream()
                .filter(folder -> {
                    Path info = folder.resolve("package-info.java");
                    return !Files.exists(info)
                            || text(info).lines().noneMatch(line -> line.strip().equals("@NullMarked"));
                })
                .map(this::name)
                .sorted()
                .toList();
    }

    /// Files whose public type has no Javadoc before it; internal packages are nobody's API.
    public List<String> undocumented() {
        return files.stream()
                .filter(file -> !name(file).contains("/internal/"))
                .filter(file -> {
                    String text = text(file);
                    var type = PUBLIC_TYPE.matcher(text);
                    return type.find()
                            && text.substring(0, type.start())
                                    .lines()
                                    .noneMatch(line -> line.startsWith("///") || line.equals(" */"));
                })
                .map(this::name)
                .toList();
    }

    /// Files below `packages` with a switch over types, or one that has null among its cases: its code is
    /// generated when it is first reached, which takes so long that a watchdog sees the event loop that
    /// reaches it.
    public List<String> switchesOverTypes(List<String> packages) {
        return files.stream()
                .filter(file -> packages.stream().anyMatch(packageOf(file)::endsWith))
                .filter(file -> CASE_OF_TYPE.matcher(text(file)).find())
                .map(this::name)
                .toList();
    }

    /// Lines below `places`, which are parts of paths, that compare a secret in a time which tells where it
    /// differs.
    public List<String> looseComparisons(List<String> places) {
        return files.stream()
                .filter(file -> places.stream().anyMatch(name(file)::contains))
                .flatMap(file -> text(file)
                        .lines()
                        .filter(line -> LOOSE_COMPARISON.matcher(line).find())
                        .map(line -> name(file) + ": " + line.strip()))
                .toList();
    }

    /// The files that compare secrets in a time which does not tell.
    public List<String> strictComparisons() {
        return files.stream()
                .filter(file -> STRICT_COMPARISON.matcher(text(file)).find())
                .map(this::name)
                .toList();
    }

    private String packageOf(Path file) {
        String path = name(file);
        return path.substring(0, path.lastIndexOf('/')).replace('/', '.');
    }

    private static void limit(String what, int actual, int max, List<String> complaints) {
        if (actual > max) complaints.add(what + " is " + actual + " lines, over " + max);
    }

    /// The nearest-rank percentile, 0 of nothing.
    private static int rank(List<Integer> sorted, int percent) {
        if (sorted.isEmpty()) return 0;
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
