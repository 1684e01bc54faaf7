@NullMarked
package io.hawser.internal.process;

import org.jspecify.annotations.NullMarked;
