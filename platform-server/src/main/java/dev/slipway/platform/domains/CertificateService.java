package dev.slipway.platform.domains;

import dev.slipway.db.Database;
import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateOrders;
import dev.slipway.db.domains.CertificateStore;
import dev.slipway.db.domains.NewCertificate;
import dev.slipway.db.events.Event;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Certificates of apps, and of the platform itself (`app` null). The front door shows a new one to the next
/// visitor; keys go in and never come out.
@Service
public class CertificateService {
    private static final int MOST_CERTIFICATES = 200;

    private final Database database;
    private final AppService apps;
    private final CertificateStore certificates;
    private final CertificateOrders orders;
    private final EventLog events;
    private final MasterKey masterKey;

    CertificateService(Database database, AppService apps, EventLog events, MasterKey masterKey) {
        this.database = database;
        this.apps = apps;
        this.certificates = new CertificateStore(database);
        this.orders = new CertificateOrders(database);
        this.events = events;
        this.masterKey = masterKey;
    }

    /// The ones that hold longest first.
    public List<Certificate> list(@Nullable String app) {
        return certificates.ofOwner(owner(app));
    }

    /// @throws Problem INVALID when chain and key don't fit together or don't hold now
    public Certificate upload(@Nullable String app, CertificateUpload upload, String by) {
        CheckedCertificate checked = CheckedCertificate.of(upload, Instant.now());
        Long owner = owner(app);
        if (certificates.ofOwner(owner).size() >= MOST_CERTIFICATES) {
            throw Problem.conflict("There can be at most " + MOST_CERTIFICATES
                    + " certificates here. Remove those that have ended first.");
        }
        return store(owner, checked, false, by);
    }

    /// One that an authority issued. Older ones that it replaces are removed when they have ended.
    public Certificate addAutomatic(@Nullable Long owner, List<X509Certificate> chain, PrivateKey key) {
        CheckedCertificate checked = CheckedCertificate.of(chain, key, Instant.now());
        return database.inTransaction(() -> {
            certificates.ofOwner(owner).stream()
                    .filter(old -> old.automatic() && old.names().equals(checked.names()))
                    .filter(old -> old.notAfter().isBefore(Instant.now()))
                    .forEach(certificates::delete);
            return store(owner, checked, true, Event.SLIPWAY);
        });
    }

    private Certificate store(@Nullable Long owner, CheckedCertificate checked, boolean automatic, String by) {
        return database.inTransaction(() -> {
            Certificate added = certificates.add(new NewCertificate(
                    owner,
                    checked.names(),
                    checked.chainText(),
                    masterKey.encrypt(CertificateStore.KEY_PURPOSE, checked.keyText()),
                    checked.issuer(),
                    checked.fingerprint(),
                    checked.chain().getFirst().getNotBefore().toInstant(),
                    checked.chain().getFirst().getNotAfter().toInstant(),
                    automatic,
                    by));
            record(owner, by, "Certificate for " + String.join(", ", added.names()) + " added");
            return added;
        });
    }

    /// Where one was had by ACME and still is wanted, the next one is ordered at once.
    ///
    /// @throws Problem NOT_FOUND
    public void remove(@Nullable String app, long id, String by) {
        Long owner = owner(app);
        Certificate certificate = certificates
                .find(owner, id)
                .orElseThrow(() -> Problem.notFound("There is no certificate with the id " + id + " here."));
        database.inTransaction(() -> {
            if (certificate.automatic()) {
                orders.replace(certificate);
            }
            certificates.delete(certificate);
            record(owner, by, "Certificate for " + String.join(", ", certificate.names()) + " removed");
        });
    }

    private void record(@Nullable Long owner, String by, String message) {
        if (owner == null) {
            events.platform(EventKind.APP_CHANGED, by, message);
        } else {
            events.app(owner, EventKind.APP_CHANGED, by, message);
        }
    }

    private @Nullable Long owner(@Nullable String app) {
        return app == null ? null : Long.valueOf(apps.find(app).id());
    }
}
