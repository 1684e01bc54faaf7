package io.hawser.testing;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

/// A fuzz target as Jazzer runs it, which writes down how many bytes it was given.
///
/// The property `hawser.fuzz.target` names the class of the target, `hawser.fuzz.bytes` the file.
public final class CountedTarget {
    private static final MethodHandle TARGET = target();
    private static long bytes;

    private CountedTarget() {}

    private static MethodHandle target() {
        try {
            Method method = Class.forName(System.getProperty("hawser.fuzz.target"))
                    .getDeclaredMethod("fuzzerTestOneInput", byte[].class);
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Called by Jazzer.
    public static void fuzzerTestOneInput(byte[] input) throws Throwable {
        bytes += input.length;
        TARGET.invokeExact(input);
    }

    /// Called by Jazzer, also after a find.
    public static void fuzzerTearDown() throws IOException {
        Files.writeString(Path.of(System.getProperty("hawser.fuzz.bytes")), bytes + "\n");
    }
}
