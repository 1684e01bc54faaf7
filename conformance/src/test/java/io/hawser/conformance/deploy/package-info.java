/// What puts a hub on a machine.
@NullMarked
package io.hawser.conformance.deploy;

import org.jspecify.annotations.NullMarked;
