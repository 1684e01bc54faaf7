/// Several processes behind one listening socket: who starts and replaces them, and what they share.
@NullMarked
package io.hawser.internal.worker;

import org.jspecify.annotations.NullMarked;
