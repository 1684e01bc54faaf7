import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes the class files of a jar anew that are older than the JVM's AOT cache takes (version 50, Java 6), as
/// those of Java 8: another version number, and the stack maps that it asks for. Code, names and licence stay.
/// The jar says what was done to it; one without old class files is left alone.
///
/// A step of the build, run as it stands: `java NewerClasses.java JAR`.
final class NewerClasses {
    private static final int OLDEST_TAKEN = ClassFile.JAVA_6_VERSION;
    private static final int WRITTEN = ClassFile.JAVA_8_VERSION;
    /// Of every entry, so that the same jar comes out everywhere.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final String NOTICE = "META-INF/CHANGED.txt";
    private static final String NOTICE_TEXT = """
            Changed by the build of Hawser: the class files in this jar that were older than Java 6 were written anew as
            class files of Java 8, with stack maps, so that the JVM's AOT cache takes them. Nothing else was changed.
            """;

    private final ClassFile classFile;

    private NewerClasses(ClassHierarchyResolver hierarchy) {
        classFile = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
    }

    public static void main(String... arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Map<String, byte[]> entries = read(jar);
        if (entries.values().stream().noneMatch(NewerClasses::isOld)) return;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            NewerClasses newer = new NewerClasses(ClassHierarchyResolver.ofResourceParsing(loader));
            entries.replaceAll((name, bytes) -> isOld(bytes) ? newer.write(name, bytes) : bytes);
        }
        entries.put(NOTICE, NOTICE_TEXT.getBytes(StandardCharsets.UTF_8));
        write(entries, jar);
    }

    private static boolean isOld(byte[] bytes) {
        boolean isClass = bytes.length > 8 && (bytes[0] & 0xFF) == 0xCA && (bytes[1] & 0xFF) == 0xFE;
        return isClass && ((bytes[6] & 0xFF) << 8 | bytes[7] & 0xFF) < OLDEST_TAKEN;
    }

    private byte[] write(String name, byte[] old) {
        ClassTransform version = (to, element) -> {
            if (element instanceof ClassFileVersion) to.withVersion(WRITTEN, 0);
            else to.with(element);
        };
        // Not CodeTransform.ACCEPT_ALL: stack maps are made for code that was looked at.
        ClassTransform code = ClassTransform.transformingMethodBodies(CodeBuilder::with);
        byte[] written = classFile.transformClass(classFile.parse(old), version.andThen(code));
        var faults = classFile.verify(written);
        if (!faults.isEmpty()) throw new IllegalStateException(name + ": " + faults.getFirst().getMessage());
        return written;
    }

    /// In the jar's order.
    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                try (var in = file.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static void write(Map<String, byte[]> entries, Path jar) throws IOException {
        Path written = jar.resolveSibling(jar.getFileName() + ".written");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(written))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(TIME);
                out.putNextEntry(entry);
                out.write(each.getValue());
                out.closeEntry();
            }
        }
        Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
