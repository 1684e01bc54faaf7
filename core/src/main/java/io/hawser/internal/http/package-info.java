/// The kinds of bodies, and what engines need of the HTTP values that users do not.
@NullMarked
package io.hawser.internal.http;

import org.jspecify.annotations.NullMarked;
