@NullMarked
package io.hawser.hub.bench.topics.it;

import org.jspecify.annotations.NullMarked;
