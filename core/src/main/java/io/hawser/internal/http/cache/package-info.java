/// What a cache of answers decides, and where it keeps them.
@NullMarked
package io.hawser.internal.http.cache;

import org.jspecify.annotations.NullMarked;
