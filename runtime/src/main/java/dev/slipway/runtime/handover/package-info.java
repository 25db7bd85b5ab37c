/// How one run of the runtime tier follows another without a visitor noticing: who may reconcile, who answers
/// the door. May use nothing of the other packages.
@NullMarked
package dev.slipway.runtime.handover;

import org.jspecify.annotations.NullMarked;
