/// The database itself: connections, transactions, migrations and the bell (LISTEN/NOTIFY). The packages below
/// hold the domain.
@NullMarked
package dev.slipway.db;

import org.jspecify.annotations.NullMarked;
