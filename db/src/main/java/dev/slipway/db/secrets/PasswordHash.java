package dev.slipway.db.secrets;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as it is kept: PBKDF2 (RFC 8018) with HMAC-SHA-512, written
/// `pbkdf2-sha512$<iterations>$<salt>$<key>` in Base64.
public record PasswordHash(@JsonValue String written) {
    private static final int ITERATIONS = 210_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("pbkdf2-sha512\\$([0-9]{1,8})\\$([A-Za-z0-9+/=]{8,100})\\$([A-Za-z0-9+/=]{8,200})");
    private static final SecureRandom RANDOM = new SecureRandom();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PasswordHash {
        Matcher form = FORM.matcher(written);
        if (!form.matches() || Integer.parseInt(form.group(1)) > MOST_ITERATIONS) {
            throw new IllegalArgumentException("not a password's hash");
        }
    }

    /// Takes some tenths of a second, on purpose.
    public static PasswordHash of(String password) {
        byte[] salt = random(SALT_BYTES);
        return write(salt, derive(password, salt, ITERATIONS, KEY_BYTES));
    }

    /// One that no password fits, and that takes as long to find that out.
    public static PasswordHash ofNothing() {
        return write(random(SALT_BYTES), random(KEY_BYTES));
    }

    private static PasswordHash write(byte[] salt, byte[] key) {
        Base64.Encoder text = Base64.getEncoder();
        return new PasswordHash(
                "pbkdf2-sha512$" + ITERATIONS + "$" + text.encodeToString(salt) + "$" + text.encodeToString(key));
    }

    /// Takes as long as [#of].
    public boolean fits(String password) {
        Matcher form = FORM.matcher(written);
        if (!form.matches()) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(form.group(2));
        byte[] key = Base64.getDecoder().decode(form.group(3));
        return MessageDigest.isEqual(key, derive(password, salt, Integer.parseInt(form.group(1)), key.length));
    }

    private static byte[] derive(String password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "PasswordHash[***]";
    }
}
