/// Events for the JDK's flight recorder.
@NullMarked
package io.hawser.internal.jfr;

import org.jspecify.annotations.NullMarked;
