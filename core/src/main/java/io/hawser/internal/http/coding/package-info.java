/// Compressing bodies as they are sent.
@NullMarked
package io.hawser.internal.http.coding;

import org.jspecify.annotations.NullMarked;
