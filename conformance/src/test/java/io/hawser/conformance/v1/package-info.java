/// hawser.v1 checked from outside, on every transport and in both notations.
@NullMarked
package io.hawser.conformance.v1;

import org.jspecify.annotations.NullMarked;
