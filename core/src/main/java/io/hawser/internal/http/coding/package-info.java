/// Compressing bodies as they are sent, and the reverse as they are read.
@NullMarked
package io.hawser.internal.http.coding;

import org.jspecify.annotations.NullMarked;
