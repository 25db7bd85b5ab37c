package dev.slipway.db.registry;

import dev.slipway.db.images.Digest;
import java.util.regex.Pattern;

/// How a request names a manifest: by a tag, which may move, or by its digest.
public sealed interface Reference {

    /// @throws IllegalArgumentException when it is neither a tag nor a sha256 or sha512 digest
    static Reference parse(String text) {
        return text.indexOf(':') >= 0 ? new ByDigest(new Digest(text)) : new Tag(text);
    }

    record ByDigest(Digest digest) implements Reference {
        @Override
        public String toString() {
            return digest.value();
        }
    }

    record Tag(String value) implements Reference {
        private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

        public Tag {
            if (!FORM.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "not a tag: " + (value.length() <= 140 ? value : value.substring(0, 140) + "…"));
            }
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
