/// The data model that CBOR and JSON share, read and written one item at a time, so that a message format is
/// written once and has both notations.
@NullMarked
package io.hawser.internal.item;

import org.jspecify.annotations.NullMarked;
