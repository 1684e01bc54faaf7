import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes one jar of a jar and those that its manifest names: what a class path of them finds, one jar has.
///
/// Of several entries of a name the first counts, as on a class path. Lists of services, and Netty's of its
/// versions, are put together; licences and notices are kept for each jar, in `META-INF/licenses/JAR`. Modules,
/// signatures and indexes, which would no longer be true, are left out.
///
/// A step of the build, run as it stands: `java OneJar.java JAR WRITTEN`.
final class OneJar {
    /// Of every entry, so that the same jar comes out everywhere.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Pattern LEFT_OUT = Pattern.compile(
            "META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC))|(META-INF/versions/\\d+/)?module-info\\.class");
    private static final Pattern JOINED = Pattern.compile("META-INF/(services/.+|io\\.netty\\.versions\\.properties)");
    private static final Pattern LICENCE = Pattern.compile(
            "(META-INF/)?(license/)?([^/]*(LICENSE|NOTICE|COPYRIGHT|CHANGED)[^/]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.+)");

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> jarByName = new HashMap<>();

    private OneJar() {}

    public static void main(String... arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        OneJar one = new OneJar();
        Manifest manifest;
        try (JarFile file = new JarFile(jar.toFile())) {
            manifest = file.getManifest();
        }
        one.add(jar);
        String others = manifest.getMainAttributes().getValue(Name.CLASS_PATH);
        for (String other : others.split(" ")) one.add(jar.resolveSibling(other));
        manifest.getMainAttributes().remove(Name.CLASS_PATH);
        manifest.getMainAttributes().put(Name.MULTI_RELEASE, "true");
        one.write(manifest, Path.of(arguments[1]));
    }

    private void add(Path jar) throws IOException {
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> all = Collections.list(file.entries());
            boolean isMultiRelease = file.isMultiRelease();
            // What is for all versions first: who has that has it for each.
            for (boolean versioned : List.of(false, true)) {
                for (JarEntry entry : all) {
                    boolean isVersioned = VERSIONED.matcher(entry.getName()).matches();
                    if (entry.isDirectory() || isVersioned != versioned || isVersioned && !isMultiRelease) continue;
                    try (InputStream in = file.getInputStream(entry)) {
                        add(name, entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
    }

    private void add(String jar, String entry, byte[] content) {
        if (LEFT_OUT.matcher(entry).matches()) return;
        Matcher licence = LICENCE.matcher(entry);
        if (JOINED.matcher(entry).matches()) {
            entries.merge(entry, content, OneJar::joined);
        } else if (licence.matches() && !entry.endsWith(".class")) {
            entries.put("META-INF/licenses/" + jar + "/" + licence.group(3), content);
        } else if (jarByName.computeIfAbsent(plain(entry), none -> jar).equals(jar)) {
            entries.putIfAbsent(entry, content);
        }
    }

    private static String plain(String entry) {
        return VERSIONED.matcher(entry).replaceFirst("$1");
    }

    /// One behind the other, on lines of their own.
    private static byte[] joined(byte[] first, byte[] second) {
        StringBuilder lines = new StringBuilder(new String(first, StandardCharsets.UTF_8).stripTrailing());
        lines.append('\n').append(new String(second, StandardCharsets.UTF_8).strip()).append('\n');
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Manifest manifest, Path written) throws IOException {
        // Beside it: a hub may be running from the one before.
        Path fresh = written.resolveSibling(written.getFileName() + ".new");
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            out.setLevel(Deflater.BEST_SPEED);
            begin(out, MANIFEST);
            manifest.write(out);
            out.closeEntry();
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                begin(out, each.getKey());
                out.write(each.getValue());
                out.closeEntry();
            }
        }
        Files.move(fresh, written, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void begin(ZipOutputStream out, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
    }
}
