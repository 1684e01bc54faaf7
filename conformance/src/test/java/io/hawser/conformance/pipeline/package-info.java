@NullMarked
package io.hawser.conformance.pipeline;

import org.jspecify.annotations.NullMarked;
