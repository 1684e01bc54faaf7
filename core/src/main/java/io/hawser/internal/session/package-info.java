/// What the sessions of every protocol share.
@NullMarked
package io.hawser.internal.session;

import org.jspecify.annotations.NullMarked;
