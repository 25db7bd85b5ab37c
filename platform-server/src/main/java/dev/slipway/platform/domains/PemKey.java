package dev.slipway.platform.domains;

import dev.slipway.platform.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Private keys in the forms that tools write: `PRIVATE KEY`, `RSA PRIVATE KEY`, `EC PRIVATE KEY`.
final class PemKey {
    private PemKey() {}

    /// @throws Problem INVALID with what to do; never with anything of the key
    static PrivateKey read(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                switch (found) {
                    case PrivateKeyInfo key -> {
                        return key(key);
                    }
                    case PEMKeyPair pair -> {
                        return key(pair.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo locked -> throw locked();
                    case PEMEncryptedKeyPair locked -> throw locked();
                    default -> {
                        // such as the parameters of a curve, which openssl puts before the key
                    }
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (e instanceof Problem problem) {
                throw problem;
            }
            throw unreadable();
        }
        throw unreadable();
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
        String name = algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                ? "RSA"
                : algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : "";
        if (name.isEmpty()) {
            throw Problem.invalid("The key must be an RSA or an elliptic curve key.");
        }
        return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static Problem locked() {
        return Problem.invalid(
                "The key is locked with a password. Unlock it first: openssl pkey -in locked.pem -out key.pem");
    }

    private static Problem unreadable() {
        return Problem.invalid("The key can't be read: it must be PEM (-----BEGIN PRIVATE KEY-----).");
    }
}
