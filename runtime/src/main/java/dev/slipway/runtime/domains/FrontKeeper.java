package dev.slipway.runtime.domains;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.runtime.router.DomainRoute;
import dev.slipway.runtime.router.Domains;
import dev.slipway.runtime.router.FrontRules;
import dev.slipway.runtime.router.Routes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Keeps the front door's rules like the tables. Without the database they stay as last known.
public final class FrontKeeper {
    private static final Logger log = LoggerFactory.getLogger(FrontKeeper.class);

    private final FrontReader tables;
    private final FrontFile file;
    private final OpenedCertificates certificates;
    private final Routes routes;
    private final String platform;
    private final InstantSource clock;
    private long revision;
    /// When a certificate ends that is good now, and another may be better.
    private Instant nextEnd = Instant.MAX;

    /// @param platform the platform's own domain
    public FrontKeeper(Database database, MasterKey key, Routes routes, Path home, String platform) {
        this(database, key, routes, home, platform, InstantSource.system());
    }

    FrontKeeper(Database database, MasterKey key, Routes routes, Path home, String platform, InstantSource clock) {
        this.tables = new FrontReader(database);
        this.file = new FrontFile(home);
        this.certificates = new OpenedCertificates(key);
        this.routes = routes;
        this.platform = platform;
        this.clock = clock;
    }

    /// The rules as they were before the last stop. Call it when the routes are there, before the router starts.
    public void restore() {
        Optional<Known> last = file.load();
        if (last.isPresent()) {
            apply(last.get());
            return;
        }
        routes.front(FrontRules.UNKNOWN);
        look();
        if (!routes.front().known()) {
            log.warn("whom apps let in isn't known, so they let in nobody until the database was read");
        }
    }

    /// Another program changed something, or it is time to look anyway.
    public void rung(Bell.Ring ring) {
        switch (ring.topic()) {
            case ANY, APP -> look();
            case QUEUE, BUILD, LOG, RELEASE, INSTANCE, WORKER -> {}
        }
    }

    private void look() {
        try {
            long now = tables.revision();
            if (now != revision || clock.instant().isAfter(nextEnd)) {
                Known known = tables.read();
                apply(known);
                if (file.save(known)) {
                    revision = now;
                }
            }
        } catch (DataAccessException | TransactionException e) {
            log.debug("can't read the domains, so they stay as they are", e);
        } catch (RuntimeException e) {
            log.error("can't take over the domains", e);
        }
    }

    private void apply(Known known) {
        Instant now = clock.instant();
        nextEnd = known.certificates().stream()
                .map(certificate -> Instant.ofEpochSecond(certificate.ends() + 1))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Domains domains =
                new Domains(known.domains().stream().map(FrontKeeper::route).toList());
        routes.front(new FrontRules(
                domains,
                certificates.of(new CertificateChoice(known, platform, now).byHost()),
                known.challenges(),
                OpenDoors.of(known.doors())));
    }

    private static DomainRoute route(Known.KnownDomain domain) {
        return new DomainRoute(
                domain.app(),
                domain.host(),
                domain.path(),
                domain.stripPath(),
                Optional.ofNullable(domain.redirectTo())
                        .map(to -> new DomainRoute.Redirect(to, domain.redirectStatus())),
                domain.forceHttps(),
                domain.hstsSeconds());
    }
}
