/// Certificates by ACME (RFC 8555): ordering them, proving that a host is ours by HTTP-01, renewing them.
@NullMarked
package dev.slipway.platform.acme;

import org.jspecify.annotations.NullMarked;
