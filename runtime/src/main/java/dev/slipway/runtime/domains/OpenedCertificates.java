package dev.slipway.runtime.domains;

import dev.slipway.db.domains.CertificateStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.runtime.domains.Known.KnownCertificate;
import dev.slipway.runtime.router.Certificates;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Certificates with their keys decrypted, in memory only. What was opened once stays open; rows never change.
final class OpenedCertificates {
    private static final Logger log = LoggerFactory.getLogger(OpenedCertificates.class);

    private final MasterKey key;
    private final Map<Long, Certificates.Entry> opened = new HashMap<>();

    OpenedCertificates(MasterKey key) {
        this.key = key;
    }

    /// One that can't be opened is left out, with a word in the log.
    Certificates of(Map<String, List<KnownCertificate>> byHost) {
        Map<String, List<Certificates.Entry>> entries = new HashMap<>();
        Map<Long, Certificates.Entry> used = new HashMap<>();
        byHost.forEach((host, choice) -> {
            List<Certificates.Entry> ofHost = new ArrayList<>();
            for (KnownCertificate certificate : choice) {
                open(certificate).ifPresent(entry -> {
                    used.put(certificate.id(), entry);
                    ofHost.add(entry);
                });
            }
            if (!ofHost.isEmpty()) {
                entries.put(host, List.copyOf(ofHost));
            }
        });
        opened.keySet().retainAll(used.keySet());
        return new Certificates(entries);
    }

    private Optional<Certificates.Entry> open(KnownCertificate certificate) {
        Certificates.Entry known = opened.get(certificate.id());
        if (known != null) {
            return Optional.of(known);
        }
        try {
            List<X509Certificate> chain = chain(certificate.chain());
            byte[] encoded = Base64.getDecoder().decode(key.decrypt(CertificateStore.KEY_PURPOSE, certificate.key()));
            PrivateKey secret = KeyFactory.getInstance(
                            chain.getFirst().getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Certificates.Entry entry = new Certificates.Entry(Long.toString(certificate.id()), secret, chain);
            opened.put(certificate.id(), entry);
            return Optional.of(entry);
        } catch (GeneralSecurityException | IllegalStateException | IllegalArgumentException e) {
            log.error("the certificate for {} can't be used: {}", certificate.names(), e.getMessage());
            return Optional.empty();
        }
    }

    private static List<X509Certificate> chain(String pem) throws GeneralSecurityException {
        List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("it is empty");
        }
        return chain;
    }
}
