/// TLS: reads certificates and keys, makes Netty's contexts of them, and changes these when the files change.
@NullMarked
package io.hawser.internal.tls;

import org.jspecify.annotations.NullMarked;
