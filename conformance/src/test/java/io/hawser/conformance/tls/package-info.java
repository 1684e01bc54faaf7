/// What our servers offer in TLS, and what our clients accept.
@NullMarked
package io.hawser.conformance.tls;

import org.jspecify.annotations.NullMarked;
