@NullMarked
package io.hawser.hub.bench.topics;

import org.jspecify.annotations.NullMarked;
