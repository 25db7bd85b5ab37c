package dev.slipway.db.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key in `SLIPWAY_HOME/keys/master.key`. Encrypts secrets at rest (AES-256-GCM, a random 96-bit nonce
/// before the cipher text, the secret's purpose as associated data) and derives the credentials that the
/// programs use among themselves (HMAC-SHA256).
public final class MasterKey {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private MasterKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a master key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = key;
    }

    /// Reads the key, or makes one (mode 0600, synced to disk). Two programs that come at once end with the
    /// same key.
    public static MasterKey loadOrCreate(Path home) {
        Path file = home.resolve("keys/master.key");
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return new MasterKey(
                    Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read or make the master key " + file, e);
        }
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(
                file.getParent(),
                "master",
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(Base64.getEncoder().encode(random(KEY_BYTES))));
            out.force(true);
        }
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException someoneWasFirst) {
            // theirs is as good as ours
        } finally {
            Files.delete(draft);
        }
    }

    /// A key that lives only in this process, for tests.
    public static MasterKey ephemeral() {
        return new MasterKey(random(KEY_BYTES));
    }

    public byte[] encrypt(String purpose, String secret) {
        try {
            byte[] nonce = random(NONCE_BYTES);
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("can't encrypt " + purpose, e);
        }
    }

    /// @throws IllegalStateException when it wasn't encrypted with this key for this purpose, or was changed
    public String decrypt(String purpose, byte[] sealed) {
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, purpose, nonce)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("can't decrypt " + purpose + ": was master.key replaced?", e);
        }
    }

    /// A credential that every program with this key can compute, such as `registry/worker`; 64 hex digits.
    public String derive(String purpose) {
        return java.util.HexFormat.of().formatHex(hmac("derive/" + purpose));
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(hmac("encrypt"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "MasterKey[***]";
    }
}
