/// The cookies of a client: parsed, judged, kept.
@NullMarked
package io.hawser.internal.http.cookies;

import org.jspecify.annotations.NullMarked;
