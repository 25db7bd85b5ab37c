/// The record of what happened: it is only added to, and the oldest events of an app that has too many go.
@NullMarked
package dev.slipway.db.events;

import org.jspecify.annotations.NullMarked;
