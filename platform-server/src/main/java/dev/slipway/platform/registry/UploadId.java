package dev.slipway.platform.registry;

import java.util.UUID;
import java.util.regex.Pattern;

/// Names an upload. Random, so nobody guesses another's; a UUID, as the spec asks.
record UploadId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    UploadId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an upload id");
        }
    }

    static UploadId random() {
        return new UploadId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
