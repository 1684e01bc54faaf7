/// The page of the hub in a browser.
@NullMarked
package io.hawser.conformance.dashboard;

import org.jspecify.annotations.NullMarked;
