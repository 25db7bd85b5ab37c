/// Who may do what: users, tokens, and the one access policy of all routes. Uses only `db` and the platform's
/// base package.
@NullMarked
package dev.slipway.platform.access;

import org.jspecify.annotations.NullMarked;
