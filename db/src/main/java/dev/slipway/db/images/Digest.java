package dev.slipway.db.images;

import java.util.regex.Pattern;

/// A content digest, `algorithm:hex` (OCI image spec, descriptor.md#digests): sha256 or sha512.
public record Digest(String value) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a sha256 or sha512 digest: "
                    + (value.length() <= 140 ? value : value.substring(0, 140) + "…"));
        }
    }

    public String algorithm() {
        return value.substring(0, value.indexOf(':'));
    }

    public String hex() {
        return value.substring(value.indexOf(':') + 1);
    }

    /// The first 12 hex digits.
    public String abbreviated() {
        return hex().substring(0, 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
