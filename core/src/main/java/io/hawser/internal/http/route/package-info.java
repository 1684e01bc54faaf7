/// Finding the handler of a path.
@NullMarked
package io.hawser.internal.http.route;

import org.jspecify.annotations.NullMarked;
