/// Apps' own domains: who has them, where DNS says they lead, and their certificates.
@NullMarked
package dev.slipway.platform.domains;

import org.jspecify.annotations.NullMarked;
