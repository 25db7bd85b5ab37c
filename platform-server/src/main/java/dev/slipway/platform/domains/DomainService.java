package dev.slipway.platform.domains;

import dev.slipway.db.Database;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.domains.CertificateOrders;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.DomainSettings;
import dev.slipway.db.domains.DomainStore;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.domains.PathPrefix;
import dev.slipway.db.domains.Redirect;
import dev.slipway.db.events.EventKind;
import dev.slipway.db.events.EventLog;
import dev.slipway.platform.Problem;
import dev.slipway.platform.apps.AppService;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/// Giving domains to apps and taking them away. They take effect at once, and no rollback touches them.
@Service
public class DomainService {
    private static final int MOST_DOMAINS = 100;

    private final Database database;
    private final AppService apps;
    private final AppStore appStore;
    private final DomainStore domains;
    private final CertificateOrders orders;
    private final DomainRules rules;
    private final EventLog events;

    DomainService(Database database, AppService apps, AppStore appStore, DomainRules rules, EventLog events) {
        this.database = database;
        this.apps = apps;
        this.appStore = appStore;
        this.domains = new DomainStore(database);
        this.orders = new CertificateOrders(database);
        this.rules = rules;
        this.events = events;
    }

    /// Certificates can be had automatically here.
    public boolean offersCertificates() {
        return rules.automatic();
    }

    /// By host, the longest path first.
    public List<Domain> ofApp(String app) {
        return domains.ofApp(apps.find(app).id());
    }

    /// @throws Problem NOT_FOUND
    public Domain find(String app, long id) {
        return domains.find(apps.find(app).id(), id)
                .orElseThrow(() -> Problem.notFound("\"" + app + "\" has no domain with the id " + id + "."));
    }

    /// @throws Problem INVALID when it can't be, CONFLICT when another app has it
    public Domain add(String name, DomainDraft draft, String by) {
        App app = apps.find(name);
        HostName host = valid(() -> HostName.of(draft.host()));
        PathPrefix path = valid(() -> PathPrefix.of(draft.path()));
        rules.check(host);
        check(host, draft.settings(), false);
        try {
            return database.inTransaction(() -> {
                appStore.lock(app.id());
                if (domains.ofApp(app.id()).size() >= MOST_DOMAINS) {
                    throw Problem.conflict("An app can have at most " + MOST_DOMAINS + " domains.");
                }
                Domain added = domains.create(app.id(), host, path, draft.settings(), by);
                order(added, draft.settings());
                events.app(app.id(), EventKind.APP_CHANGED, by, "Domain " + added.address() + " added");
                return added;
            });
        } catch (DuplicateKeyException e) {
            throw taken(app, host, path);
        }
    }

    /// Changes how a domain behaves; its host and path stay.
    public Domain change(String name, long id, DomainSettings settings, String by) {
        Domain domain = find(name, id);
        check(domain.host(), settings, domain.settings().automatic());
        return database.inTransaction(() -> {
            domains.update(domain, settings);
            order(domain, settings);
            events.app(domain.appId(), EventKind.APP_CHANGED, by, "Domain " + domain.address() + " changed");
            return find(name, id);
        });
    }

    public void remove(String name, long id, String by) {
        Domain domain = find(name, id);
        database.inTransaction(() -> {
            domains.delete(domain);
            orders.forgetUnwanted();
            events.app(domain.appId(), EventKind.APP_CHANGED, by, "Domain " + domain.address() + " removed");
        });
    }

    private void order(Domain domain, DomainSettings settings) {
        if (settings.automatic()) {
            orders.want(domain.host(), domain.appId());
        } else {
            orders.forgetUnwanted();
        }
    }

    private void check(HostName host, DomainSettings settings, boolean automaticBefore) {
        if (settings.automatic() && !automaticBefore) {
            rules.checkAutomatic(host);
        }
        Redirect redirect = settings.redirect();
        if (redirect == null) {
            return;
        }
        if (redirect.to().equals(host)) {
            throw Problem.invalid("A domain can't redirect to itself.");
        }
        if (coversItself(host, redirect.to())) {
            throw Problem.invalid(host.readable() + " would redirect "
                    + redirect.to().readable() + " to itself. Add that domain first.");
        }
        if (settings.stripPath()) {
            throw Problem.invalid("A domain that redirects leads to no app, so no path can be taken off.");
        }
        Optional<Domain> there = domains.find(redirect.to(), PathPrefix.ALL);
        if (there.isPresent() && there.get().settings().redirect() != null) {
            throw Problem.invalid(redirect.to().readable()
                    + " redirects too. Redirect to where it leads, so that visitors take one step.");
        }
        if (!domains.redirectingTo(host).isEmpty()) {
            throw Problem.invalid(domains.redirectingTo(host).getFirst().address()
                    + " redirects here, so this domain must lead to an app.");
        }
    }

    /// A wildcard that matches where it leads, and nothing more exact does.
    private boolean coversItself(HostName host, HostName to) {
        String suffix = host.value().substring(1);
        return host.wildcard()
                && to.value().endsWith(suffix)
                && to.value().indexOf('.') == to.value().length() - suffix.length()
                && domains.find(to, PathPrefix.ALL).isEmpty();
    }

    private Problem taken(App app, HostName host, PathPrefix path) {
        Optional<App> owner = domains.find(host, path).flatMap(domain -> appStore.find(domain.appId()));
        String address = path.all() ? host.readable() : host.readable() + path;
        if (owner.isEmpty() || owner.get().id() == app.id()) {
            return Problem.conflict("The app has the domain " + address + " already.");
        }
        return Problem.conflict(
                "The app \"" + owner.get().name() + "\" has the domain " + address + ". Remove it there first.");
    }

    private static <T> T valid(java.util.function.Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }
}
