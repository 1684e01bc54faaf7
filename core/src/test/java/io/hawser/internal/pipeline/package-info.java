@NullMarked
package io.hawser.internal.pipeline;

import org.jspecify.annotations.NullMarked;
