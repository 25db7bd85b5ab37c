package dev.slipway.runtime.domains;

import dev.slipway.db.Database;
import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateStore;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.DomainStore;
import dev.slipway.db.domains.FrontStore;
import dev.slipway.db.domains.Redirect;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.door.DoorStore;
import dev.slipway.db.door.DoorUser;
import dev.slipway.db.secrets.PasswordHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the tables.
final class FrontReader {
    private final FrontStore front;
    private final DomainStore domains;
    private final CertificateStore certificates;
    private final DoorStore doors;

    FrontReader(Database database) {
        this.front = new FrontStore(database);
        this.domains = new DomainStore(database);
        this.certificates = new CertificateStore(database);
        this.doors = new DoorStore(database);
    }

    long revision() {
        return front.revision();
    }

    Known read() {
        Map<Long, String> apps = front.appNames();
        List<Known.KnownDomain> ofApps = domains.all().stream()
                .flatMap(domain ->
                        Optional.ofNullable(apps.get(domain.appId())).stream().map(app -> known(domain, app)))
                .toList();
        List<Known.KnownCertificate> all = certificates.all().stream()
                .filter(c -> c.certificate().appId() == null
                        || apps.containsKey(c.certificate().appId()))
                .map(c -> known(c, apps))
                .toList();
        return new Known(ofApps, all, front.challenges(), doors(apps));
    }

    private List<KnownDoor> doors(Map<Long, String> apps) {
        Map<Long, DoorSettings> settings = doors.allSettings();
        Map<Long, Map<String, PasswordHash>> users = new HashMap<>();
        for (DoorUser user : doors.allUsers()) {
            users.computeIfAbsent(user.appId(), app -> new TreeMap<>()).put(user.name(), user.password());
        }
        return apps.entrySet().stream()
                .filter(app -> settings.containsKey(app.getKey()) || users.containsKey(app.getKey()))
                .map(app -> new KnownDoor(
                        app.getValue(),
                        app.getKey(),
                        settings.getOrDefault(app.getKey(), DoorSettings.DEFAULT),
                        users.getOrDefault(app.getKey(), Map.of())))
                .toList();
    }

    private static Known.KnownDomain known(Domain domain, String app) {
        Redirect redirect = domain.settings().redirect();
        return new Known.KnownDomain(
                app,
                domain.host().value(),
                domain.path().value(),
                domain.settings().stripPath(),
                redirect == null ? null : redirect.to().value(),
                redirect == null ? 0 : redirect.status(),
                domain.settings().forceHttps(),
                (int) domain.settings().hsts().toSeconds());
    }

    private static Known.KnownCertificate known(CertificateStore.WithKey stored, Map<Long, String> apps) {
        Certificate certificate = stored.certificate();
        Long app = certificate.appId();
        return new Known.KnownCertificate(
                certificate.id(),
                app == null ? null : apps.get(app),
                certificate.names(),
                certificate.chain(),
                stored.sealedKey(),
                certificate.notAfter().getEpochSecond());
    }
}
