package dev.slipway.db.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/// An authority of tests' own, and what it issues.
public final class TestCertificates {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair authority = ecKey();
    private final X509Certificate root;

    /// A certificate with its chain and key.
    public record Issued(KeyPair keys, List<X509Certificate> chain) {
        public String chainPem() {
            return pem(chain.toArray());
        }

        /// PKCS #8.
        public String keyPem() {
            return pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()));
        }

        public PrivateKey key() {
            return keys.getPrivate();
        }
    }

    public TestCertificates() {
        root = sign(new X500Name("CN=Test Authority"), authority, Instant.now().plus(Duration.ofDays(3650)), true);
    }

    public X509Certificate root() {
        return root;
    }

    /// Valid since yesterday, for 90 days.
    public Issued issue(String... names) {
        return issue(ecKey(), Instant.now().plus(Duration.ofDays(90)), names);
    }

    public Issued issue(KeyPair keys, Instant notAfter, String... names) {
        return new Issued(keys, List.of(sign(new X500Name("CN=" + names[0]), keys, notAfter, false, names), root));
    }

    /// For a key of which only the public half is known.
    public List<X509Certificate> issue(java.security.PublicKey key, List<String> names) {
        KeyPair half = new KeyPair(key, null);
        Instant end = Instant.now().plus(Duration.ofDays(90));
        return List.of(
                sign(new X500Name("CN=" + names.getFirst()), half, end, false, names.toArray(String[]::new)), root);
    }

    public static KeyPair ecKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair rsaKey(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(Object... objects) {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    private X509Certificate sign(X500Name subject, KeyPair keys, Instant end, boolean authorities, String... names) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=Test Authority"),
                    new BigInteger(120, RANDOM),
                    Date.from(Instant.now().minus(Duration.ofDays(1))),
                    Date.from(end),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authorities));
            if (names.length > 0) {
                GeneralName[] alternatives = Arrays.stream(names)
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
