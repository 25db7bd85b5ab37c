package dev.slipway.platform.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.testing.TestCertificates;
import dev.slipway.platform.Problem;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedCertificateTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final Instant NOW = Instant.now();

    private static CheckedCertificate check(String chain, String key) {
        return CheckedCertificate.of(new CertificateUpload(chain, key), NOW);
    }

    private static void refused(String chain, String key, String sentence) {
        assertThatThrownBy(() -> check(chain, key)).isInstanceOf(Problem.class).hasMessageContaining(sentence);
    }

    @Test
    void whatFitsIsTakenWithItsNames() {
        TestCertificates.Issued issued = AUTHORITY.issue("Shop.example.com", "*.example.com");
        CheckedCertificate checked = check(issued.chainPem(), issued.keyPem());
        assertThat(checked.names()).containsExactly("shop.example.com", "*.example.com");
        assertThat(checked.issuer()).isEqualTo("Test Authority");
        assertThat(checked.key()).isEqualTo(issued.key());
        assertThat(check(checked.chainText(), issued.keyPem()).chain()).isEqualTo(issued.chain());
        assertThat(checked.toString()).doesNotContain(checked.keyText().substring(0, 20));
    }

    @Test
    void keysAreTakenInEachFormThatToolsWrite() throws Exception {
        KeyPair rsa = TestCertificates.rsaKey(2048);
        TestCertificates.Issued ofRsa = AUTHORITY.issue(rsa, NOW.plus(Duration.ofDays(9)), "a.example.com");
        String pkcs1 = TestCertificates.pem(rsa.getPrivate());
        assertThat(pkcs1).startsWith("-----BEGIN RSA PRIVATE KEY");
        assertThat(check(ofRsa.chainPem(), pkcs1).key()).isEqualTo(rsa.getPrivate());
        assertThat(check(ofRsa.chainPem(), ofRsa.keyPem()).key()).isEqualTo(rsa.getPrivate());

        TestCertificates.Issued ofCurve = AUTHORITY.issue("a.example.com");
        ASN1ObjectIdentifier curve = SECObjectIdentifiers.secp256r1;
        BigInteger secret = ((ECPrivateKey) ofCurve.key()).getS();
        // openssl puts the curve before the key
        String sec1 = TestCertificates.pem(
                new PemObject("EC PARAMETERS", curve.getEncoded()),
                new PemObject(
                        "EC PRIVATE KEY", new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, curve).getEncoded()));
        assertThat(check(ofCurve.chainPem(), sec1).names()).containsExactly("a.example.com");
        assertThat(check(ofCurve.chainPem(), ofCurve.keyPem()).key()).isEqualTo(ofCurve.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void whatIsNoCertificateIsRefused(String chain) {
        assertThatThrownBy(() -> check(chain, AUTHORITY.issue("a.example.com").keyPem()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("PEM");
    }

    @Test
    void whatIsNoKeyIsRefused() {
        String chain = AUTHORITY.issue("a.example.com").chainPem();
        refused(chain, "", "key can't be read");
        refused(chain, chain, "key can't be read");
        refused(chain, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "key can't be read");
    }

    @Test
    void anotherCertificatesKeyIsRefused() {
        refused(
                AUTHORITY.issue("a.example.com").chainPem(),
                AUTHORITY.issue("a.example.com").keyPem(),
                "doesn't belong");
        refused(
                AUTHORITY.issue("a.example.com").chainPem(),
                TestCertificates.pem(TestCertificates.rsaKey(2048).getPrivate()),
                "doesn't belong");
    }

    @Test
    void aChainInAnotherOrderIsRefused() {
        TestCertificates.Issued issued = AUTHORITY.issue("a.example.com");
        List<Object> turned = List.of(issued.chain().get(1), issued.chain().get(0));
        refused(TestCertificates.pem(turned.toArray()), issued.keyPem(), "an authority's");
        TestCertificates.Issued stranger = new TestCertificates().issue("a.example.com");
        refused(
                TestCertificates.pem(issued.chain().get(0), stranger.chain().get(1)),
                issued.keyPem(),
                "doesn't hold together");
    }

    @Test
    void whatHasEndedOrNamesNobodyIsRefused() {
        TestCertificates.Issued ended =
                AUTHORITY.issue(TestCertificates.ecKey(), NOW.minus(Duration.ofMinutes(1)), "a.example.com");
        refused(ended.chainPem(), ended.keyPem(), "ended on");
    }

    @Test
    void aShortKeyIsRefused() {
        TestCertificates.Issued weak =
                AUTHORITY.issue(TestCertificates.rsaKey(1024), NOW.plus(Duration.ofDays(9)), "a.example.com");
        refused(weak.chainPem(), weak.keyPem(), "too short");
    }

    @Test
    void whatIsTooLargeIsntEvenRead() {
        refused("x".repeat(70_000), "x", "larger than 64 KiB");
    }
}
