package io.hawser.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hawser as it is for a user who has left the optional compression libraries out.
class OptionalCompressionTest {
    @ParameterizedTest
    @CsvSource({"zstd, com.github.luben:zstd-jni", "lz4, at.yawk.lz4:lz4-java"})
    void anAbsentLibraryIsNamed(String algorithm, String artifact) throws Exception {
        assertThatThrownBy(() -> factory(algorithm))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining(algorithm)
                .hasMessageContaining(artifact)
                .extracting(cause -> cause.getClass().getName())
                .isEqualTo("io.hawser.StartupFailed");
    }

    @Test
    void deflateNeedsNone() throws Exception {
        assertThat(factory("deflate")).hasToString("Compression[deflate, from 256 bytes]");
    }

    private static Object factory(String algorithm) throws Exception {
        try (URLClassLoader without = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> compression = without.loadClass("io.hawser.messaging.Compression");
            return compression.getMethod(algorithm).invoke(null);
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (entry.contains("zstd-jni") || entry.contains("lz4-java")) continue;
            urls.add(new File(entry).toURI().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
