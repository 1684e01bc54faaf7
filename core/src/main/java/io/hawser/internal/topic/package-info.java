/// How topics are matched, remembered and recovered.
@NullMarked
package io.hawser.internal.topic;

import org.jspecify.annotations.NullMarked;
