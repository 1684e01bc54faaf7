/// What Hawser counts, for Micrometer: each class binds one thing to a registry that it is handed. Nothing
/// is measured for a registry that there is not.
@NullMarked
package io.hawser.metrics;

import org.jspecify.annotations.NullMarked;
