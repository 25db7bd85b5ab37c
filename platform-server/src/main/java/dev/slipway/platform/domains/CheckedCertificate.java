package dev.slipway.platform.domains;

import dev.slipway.platform.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A certificate with chain and key that fit together and hold now.
///
/// @param names DNS names that it is good for
record CheckedCertificate(List<X509Certificate> chain, PrivateKey key, List<String> names) {
    private static final int LARGEST = 64 << 10;
    private static final int LONGEST_CHAIN = 10;
    private static final int MOST_NAMES = 100;
    private static final int SMALLEST_RSA = 2048;
    /// RFC 5280, 4.2.1.6.
    private static final Integer DNS_NAME = 2;

    /// @throws Problem INVALID with what is wrong; never with anything of the key
    static CheckedCertificate of(CertificateUpload upload, Instant now) {
        require(
                upload.chain().length() <= LARGEST && upload.key().length() <= LARGEST,
                "Certificate and key can't be larger than " + (LARGEST >> 10) + " KiB each.");
        List<X509Certificate> chain = chain(upload.chain());
        PrivateKey key = PemKey.read(upload.key());
        return of(chain, key, now);
    }

    static CheckedCertificate of(List<X509Certificate> chain, PrivateKey key, Instant now) {
        X509Certificate own = chain.getFirst();
        require(
                now.isBefore(own.getNotAfter().toInstant()),
                "The certificate ended on " + day(own.getNotAfter()) + ".");
        require(
                now.plus(Duration.ofMinutes(10)).isAfter(own.getNotBefore().toInstant()),
                "The certificate isn't valid before " + day(own.getNotBefore()) + ".");
        require(
                own.getBasicConstraints() < 0,
                "The first certificate is an authority's. The site's own must stand first, then those that vouch for it.");
        checkChain(chain);
        require(
                !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= SMALLEST_RSA,
                "The key is too short: RSA keys need at least " + SMALLEST_RSA + " bits.");
        require(fits(key, own), "The key doesn't belong to the first certificate of the chain.");
        List<String> names = names(own);
        require(!names.isEmpty(), "The certificate names no host (subject alternative name), so browsers refuse it.");
        require(names.size() <= MOST_NAMES, "The certificate names more than " + MOST_NAMES + " hosts.");
        return new CheckedCertificate(chain, key, names);
    }

    private static List<X509Certificate> chain(String pem) {
        try {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            require(
                    !chain.isEmpty() && chain.size() <= LONGEST_CHAIN,
                    "The chain must be 1 to " + LONGEST_CHAIN + " certificates in PEM (-----BEGIN CERTIFICATE-----).");
            return chain;
        } catch (GeneralSecurityException e) {
            throw Problem.invalid("The certificate can't be read: it must be PEM (-----BEGIN CERTIFICATE-----).");
        }
    }

    private static void checkChain(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw Problem.invalid("The chain doesn't hold together: certificate " + (i + 1)
                        + " didn't issue certificate " + i
                        + ". Put the site's own first, then each one's issuer after it.");
            }
        }
    }

    /// What the key signs, the certificate verifies.
    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default ->
                throw Problem.invalid(
                        "The key must be an RSA or an elliptic curve key, not " + key.getAlgorithm() + ".");
        };
        try {
            byte[] text = "slipway".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return alternatives == null
                    ? List.of()
                    : alternatives.stream()
                            .filter(name -> DNS_NAME.equals(name.getFirst()))
                            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                            .distinct()
                            .toList();
        } catch (CertificateParsingException e) {
            throw Problem.invalid("The names in the certificate can't be read.");
        }
    }

    /// What the certificate store encrypts.
    String keyText() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    String chainText() {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }

    String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded(chain.getFirst())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The issuer's common name, or else all of its name.
    String issuer() {
        String name = chain.getFirst().getIssuerX500Principal().getName();
        for (String part : name.split(",(?=[A-Z]+=)")) {
            if (part.startsWith("CN=")) {
                return part.substring(3).replace("\\", "");
            }
        }
        return name;
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String day(java.util.Date date) {
        return date.toInstant().toString().substring(0, 10);
    }

    private static void require(boolean valid, String sentence) {
        if (!valid) {
            throw Problem.invalid(sentence);
        }
    }

    /// Without the key.
    @Override
    public String toString() {
        return "CheckedCertificate[" + names + "]";
    }
}
