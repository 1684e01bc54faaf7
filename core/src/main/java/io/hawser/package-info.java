/// The values that every part of Hawser shares: addresses, bytes, deadlines, TLS settings and the error family.
@NullMarked
package io.hawser;

import org.jspecify.annotations.NullMarked;
