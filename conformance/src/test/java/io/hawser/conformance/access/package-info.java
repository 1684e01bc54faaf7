/// Who may use the hub, and what for, checked from outside.
@NullMarked
package io.hawser.conformance.access;

import org.jspecify.annotations.NullMarked;
