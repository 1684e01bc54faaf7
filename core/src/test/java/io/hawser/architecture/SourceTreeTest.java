package io.hawser.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceTreeTest {
    @TempDir
    private Path root;

    @Test
    void aFileIsTooLongFromLine501On() throws IOException {
        lines("a/A.java", 500);
        fill("b", 20, 1);
        assertThat(tree().tooLong()).isEmpty();
        lines("a/A.java", 501);
        assertThat(tree().tooLong()).containsExactly("module/src/main/java/a/A.java has 501 lines, over 500");
    }

    @Test
    void theMedianIsTooLongFrom101On() throws IOException {
        fill("a", 5, 100);
        fill("b", 4, 101);
        assertThat(tree().tooLong()).isEmpty();
        fill("b", 6, 101);
        assertThat(tree().tooLong()).containsExactly("the median is 101 lines, over 100");
    }

    @Test
    void theTenthPartMayBeLongAndNoMore() throws IOException {
        fill("a", 9, 10);
        fill("b", 1, 301);
        assertThat(tree().tooLong()).isEmpty();
        fill("b", 2, 301);
        assertThat(tree().tooLong()).containsExactly("the 90th percentile is 301 lines, over 300");
    }

    @Test
    void packagesMustBeNullMarked() throws IOException {
        write("a/A.java", "package a;");
        write("b/B.java", "package b;");
        write("b/package-info.java", "// not @NullMarked\npackage b;");
        write("c/C.java", "package c;");
        write("c/package-info.java", "@NullMarked\npackage c;");
        assertThat(tree().notNullMarked()).containsExactly("module/src/main/java/a", "module/src/main/java/b");
    }

    @Test
    void publicTypesMustSayWhatTheyAre() throws IOException {
        write("a/Silent.java", "package a;\n\n@Deprecated\npublic final class Silent {\n    /// Too late.\n}\n");
        write("a/Said.java", "package a;\n\n/// Something.\n@Deprecated\npublic sealed interface Said {}\n");
        write("a/Own.java", "package a;\n\nfinal class Own {}\n");
        write("internal/Inner.java", "package internal;\n\npublic final class Inner {}\n");
        assertThat(tree().undocumented()).containsExactly("module/src/main/java/a/Silent.java");
    }

    @Test
    void secretsMustNotBeComparedInATimeThatTells() throws IOException {
        List<String> loose = List.of(
                "Arrays.equals(one, other)",
                "adminToken.get().equals(given)",
                "secret.equals(given)",
                "given.equals(password)",
                "Objects.equals(given, expectedMac)",
                "mac.contentEquals(given)");
        write("a/Loose.java", "package a;\n" + String.join(";\n", loose) + ";\n");
        write("b/Elsewhere.java", "package b;\nArrays.equals(one, other);\n");
        write("a/Strict.java", "package a;\nMessageDigest.isEqual(secret, given);\nuser.equals(name);\n");
        String file = "module/src/main/java/a/Loose.java: ";
        assertThat(tree().looseComparisons(List.of("java/a/")))
                .containsExactlyElementsOf(
                        loose.stream().map(line -> file + line + ";").toList());
        assertThat(tree().strictComparisons()).containsExactly("module/src/main/java/a/Strict.java");
    }

    @Test
    void aModuleWithoutSourcesHasNone() {
        SourceTree tree = tree();
        assertThat(tree.files()).isEmpty();
        assertThat(tree.tooLong()).isEmpty();
        assertThat(tree.notNullMarked()).isEmpty();
    }

    private SourceTree tree() {
        return SourceTree.of(root, List.of("module", "not-there"));
    }

    private void fill(String folder, int files, int lines) throws IOException {
        for (int i = 0; i < files; i++) lines(folder + "/F" + i + ".java", lines);
    }

    private void lines(String file, int lines) throws IOException {
        write(file, "\n".repeat(lines));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve("module/src/main/java").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
