package dev.slipway.platform.drains;

import dev.slipway.db.drains.DrainSettings;
import org.jspecify.annotations.Nullable;

/// What a person gives to add a drain.
///
/// @param authorization what is sent in `Authorization`, by HTTP only
public record DrainDraft(String url, @Nullable String authorization, DrainSettings settings) {
    @Override
    public String toString() {
        return "DrainDraft[" + url + ", ***, " + settings + "]";
    }
}
