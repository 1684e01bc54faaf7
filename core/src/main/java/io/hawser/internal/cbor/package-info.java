/// CBOR (RFC 8949), the subset that Hawser's messages use.
@NullMarked
package io.hawser.internal.cbor;

import org.jspecify.annotations.NullMarked;
