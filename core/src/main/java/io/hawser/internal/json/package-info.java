/// JSON (RFC 8259) as items.
@NullMarked
package io.hawser.internal.json;

import org.jspecify.annotations.NullMarked;
