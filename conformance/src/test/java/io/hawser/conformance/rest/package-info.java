/// The hub over plain HTTP, checked from outside.
@NullMarked
package io.hawser.conformance.rest;

import org.jspecify.annotations.NullMarked;
