@NullMarked
package io.hawser.hub.rest;

import org.jspecify.annotations.NullMarked;
