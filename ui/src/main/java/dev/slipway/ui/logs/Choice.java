package dev.slipway.ui.logs;

import dev.slipway.db.instances.Instance;
import dev.slipway.ui.parts.Status;

/// Whose lines can be chosen.
///
/// @param kind `instance` or `release`, as the API calls it
/// @param value its id or number
/// @param text as people read it
record Choice(String kind, String value, String text) {
    static Choice instance(Instance instance) {
        return new Choice(
                "instance",
                instance.id(),
                instance.id() + " · " + Status.of(instance.state()).word());
    }

    static Choice release(int number) {
        return new Choice("release", Integer.toString(number), "Release " + number);
    }
}
