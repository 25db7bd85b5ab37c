package dev.slipway.platform.source;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// `sha256=` and the HMAC-SHA256 of the body, byte for byte, in hex.
final class WebhookSignature {
    private static final String PREFIX = "sha256=";

    private WebhookSignature() {}

    /// Takes the same time whatever is wrong with `header`.
    static boolean matches(String secret, byte[] body, @Nullable String header) {
        return same(of(secret, body), header == null ? "" : header.strip().toLowerCase(Locale.ROOT));
    }

    /// Takes the same time wherever they differ.
    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    static String of(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return PREFIX + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
