package dev.slipway.runtime.rollout;

import dev.slipway.runtime.probe.Diagnosis;

/// Whom an instance's start reports to. Called from the start's own thread.
interface Progress {
    /// The instance's phase or note changed.
    void changed(Supervised instance);

    /// The instance failed; its phase is moved by this call.
    void failed(Supervised instance, Diagnosis diagnosis);
}
