package io.hawser.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import io.hawser.internal.config.Origins;
import io.hawser.internal.config.Overrides;
import io.hawser.internal.config.RecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A configuration in JSON, if its name ends in `.json`, or else HOCON, which environment variables and system
/// properties override.
///
/// ```java
/// NetworkConfig network = ConfigFile.of(Path.of("app.conf")).read("network", NetworkConfig.class).value();
/// ```
///
/// Shape: a record is an object, a component a key: `queueSizePerThread` is `queue_size_per_thread`, and
/// `softQueueBytes` is `soft_queue`, because the value has its unit. A number where a duration is expected
/// is seconds; else `500ms`, `30s`, `5m`, `2h`, `1d`. Sizes are bytes, or `64KiB`, `1MiB`, `2GiB`. Relative
/// paths begin at the folder of the file. `${NAME}` and `include` are as in HOCON.
///
/// The key `network.io.threads` is overridden by the variable `HAWSER_NETWORK_IO_THREADS`, and that by the
/// property `hawser.network.io.threads`; lists are separated by commas. Both can set any key of the records,
/// but add no name to a map.
///
/// Errors: an unknown key, a value that does not fit, a variable for no key: each is a [ConfigProblem] that
/// says where, and nothing is passed over.
///
/// Thread: immutable, safe from any.
///
/// Source: github.com/lightbend/config, HOCON.md
public final class ConfigFile {
    private static final String WHOLE = "";

    private final Optional<Path> file;
    private final Map<String, String> environment;
    private final Map<String, String> properties;

    private ConfigFile(Optional<Path> file, Map<String, String> environment, Map<String, String> properties) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.properties = Map.copyOf(properties);
    }

    /// The configuration of `file`, which is read at each [#read], with the variables and properties of this
    /// process as they are now.
    public static ConfigFile of(Path file) {
        return new ConfigFile(Optional.of(file), System.getenv(), systemProperties());
    }

    /// No file: defaults, with the variables and properties of this process as they are now.
    public static ConfigFile none() {
        return new ConfigFile(Optional.empty(), System.getenv(), systemProperties());
    }

    private static Map<String, String> systemProperties() {
        Map<String, String> texts = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            texts.put(name, System.getProperty(name, ""));
        }
        return texts;
    }

    /// With other environment variables than those of this process.
    public ConfigFile withEnvironment(Map<String, String> changed) {
        return new ConfigFile(file, changed, properties);
    }

    /// With other system properties than those of this process.
    public ConfigFile withProperties(Map<String, String> changed) {
        return new ConfigFile(file, environment, changed);
    }

    /// Reads all of it: the components of `type` are the sections that there may be.
    public <R extends Record> ConfigReading<R> read(Class<R> type) {
        return read(type, WHOLE);
    }

    /// Reads one section; others are somebody else's.
    public <R extends Record> ConfigReading<R> read(String section, Class<R> type) {
        return read(type, section);
    }

    private <R extends Record> ConfigReading<R> read(Class<R> type, String section) {
        Origins origins = Origins.of(file);
        RecordReader reader = new RecordReader(new Overrides(environment, properties), origins);
        try {
            @Nullable ConfigObject root = root();
            @Nullable ConfigValue value = root == null || section.equals(WHOLE) ? root : root.get(section);
            Optional<R> record = reader.read(type, section, value);
            return new ConfigReading<>(record, reader.problems(), reader.entries());
        } catch (ConfigException e) {
            ConfigOrigin origin = e.origin();
            String where = origin == null ? origins.file() : origins.text(origin);
            return new ConfigReading<>(
                    Optional.empty(), List.of(new ConfigProblem(where, "", Origins.message(e))), List.of());
        } catch (IOException e) {
            return new ConfigReading<>(
                    Optional.empty(), List.of(new ConfigProblem(origins.file(), "", reason(e))), List.of());
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "no such file" : "cannot be read: " + e.getMessage();
    }

    /// Null where there is no file.
    private @Nullable ConfigObject root() throws IOException {
        if (file.isEmpty()) return null;
        Path path = file.get();
        // The parser would say it in words of its own.
        if (!Files.isRegularFile(path)) throw new NoSuchFileException(path.toString());
        boolean isJson = path.getFileName().toString().endsWith(".json");
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setAllowMissing(false)
                .setSyntax(isJson ? ConfigSyntax.JSON : ConfigSyntax.CONF);
        Config parsed = ConfigFactory.parseFile(path.toFile(), options);
        return parsed.resolve(ConfigResolveOptions.defaults()).root();
    }
}
