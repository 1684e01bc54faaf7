/// The documentation, taken at its word: what it shows is compiled and run.
@NullMarked
package io.hawser.conformance.docs;

import org.jspecify.annotations.NullMarked;
