/// Access tokens of clients.
@NullMarked
package io.hawser.internal.http.oauth;

import org.jspecify.annotations.NullMarked;
