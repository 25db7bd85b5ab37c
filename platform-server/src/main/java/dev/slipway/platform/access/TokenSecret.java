package dev.slipway.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/// A token as its owner holds it: `slw_` and 40 random letters and digits (238 bits). Only its hash is stored.
record TokenSecret(String value) {
    static final String PREFIX = "slw_";
    private static final Pattern FORM = Pattern.compile("slw_[0-9A-Za-z]{40}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int HINT_LENGTH = PREFIX.length() + 4;

    static TokenSecret random() {
        StringBuilder value = new StringBuilder(PREFIX);
        new SecureRandom().ints(40, 0, DIGITS.length()).forEach(digit -> value.append(DIGITS.charAt(digit)));
        return new TokenSecret(value.toString());
    }

    /// Empty when it can't be a token.
    static Optional<TokenSecret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TokenSecret(text)) : Optional.empty();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What may be shown of it later, to recognise it.
    String hint() {
        return value.substring(0, HINT_LENGTH);
    }

    @Override
    public String toString() {
        return hint() + "…";
    }
}
