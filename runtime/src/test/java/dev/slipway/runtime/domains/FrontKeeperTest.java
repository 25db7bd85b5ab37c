package dev.slipway.runtime.domains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.domains.Certificate;
import dev.slipway.db.domains.CertificateStore;
import dev.slipway.db.domains.Domain;
import dev.slipway.db.domains.DomainSettings;
import dev.slipway.db.domains.DomainStore;
import dev.slipway.db.domains.HostName;
import dev.slipway.db.domains.NewCertificate;
import dev.slipway.db.domains.PathPrefix;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.db.door.DoorStore;
import dev.slipway.db.door.DoorUser;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.secrets.PasswordHash;
import dev.slipway.db.testing.TestCertificates;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.runtime.router.AppRoute;
import dev.slipway.runtime.router.Certificates;
import dev.slipway.runtime.router.DoorRules;
import dev.slipway.runtime.router.FrontRules;
import dev.slipway.runtime.router.Routes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontKeeperTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();

    @TempDir
    private Path home;

    private final Database database = Database.open(TestDatabase.fresh(), "test", 0, 4);
    private final MasterKey key = MasterKey.ephemeral();
    private final Routes routes = new Routes();
    private final DomainStore domains = new DomainStore(database);
    private final CertificateStore certificates = new CertificateStore(database);
    private FrontKeeper keeper;
    private App app;

    @BeforeEach
    void anApp() {
        keeper = new FrontKeeper(database, key, routes, home, "plat.test");
        app = new AppStore(database)
                .create(new NewApp(
                        new AppName("shop"),
                        new Source.Hosted("main"),
                        BuildSettings.DEFAULT,
                        ProcessSpec.DEFAULT,
                        new byte[] {1},
                        null));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Domain add(String host) {
        return domains.create(app.id(), HostName.of(host), PathPrefix.ALL, DomainSettings.DEFAULT, "ada");
    }

    private Certificate add(TestCertificates.Issued issued, String name) {
        return certificates.add(new NewCertificate(
                app.id(),
                List.of(name),
                issued.chainPem(),
                key.encrypt(
                        CertificateStore.KEY_PURPOSE,
                        Base64.getEncoder().encodeToString(issued.key().getEncoded())),
                "Test Authority",
                "",
                Instant.now(),
                issued.chain().getFirst().getNotAfter().toInstant(),
                false,
                "ada"));
    }

    private void ring() {
        keeper.rung(new Bell.Ring(Bell.Topic.APP, app.id()));
    }

    private List<Certificates.Entry> shown(Routes routes, String host) {
        return routes.front().certificates().byHost().getOrDefault(host, List.of());
    }

    @Test
    void whatTheTablesSayIsTakenOverAndForgottenWhenItsApp() {
        Domain domain = add("shop.example.com");
        TestCertificates.Issued issued = AUTHORITY.issue("shop.example.com");
        add(issued, "shop.example.com");
        ring();
        assertThat(shown(routes, "shop.example.com"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.key()).isEqualTo(issued.key()))
                .satisfies(entry -> assertThat(entry.chain()).isEqualTo(issued.chain()));

        domains.delete(domain);
        ring();
        assertThat(shown(routes, "shop.example.com")).isEmpty();

        add("shop.example.com");
        new AppStore(database).delete(app.id());
        ring();
        assertThat(new FrontReader(database).read()).isEqualTo(Known.NOTHING);
    }

    @Test
    void whenACertificateEndsTheNextBestIsShownThoughNothingChanges() {
        AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
        Instant now = Instant.now();
        keeper = new FrontKeeper(database, key, routes, home, "plat.test", () -> now.plus(later.get()));
        add("shop.example.com");
        Instant tomorrow = now.plus(Duration.ofDays(1));
        TestCertificates.Issued ending = AUTHORITY.issue(TestCertificates.ecKey(), tomorrow, "shop.example.com");
        TestCertificates.Issued lasting = AUTHORITY.issue("*.example.com");
        add(ending, "shop.example.com");
        add(lasting, "*.example.com");
        ring();
        assertThat(shown(routes, "shop.example.com").getFirst().key()).isEqualTo(ending.key());
        later.set(Duration.ofDays(2));
        ring();
        assertThat(shown(routes, "shop.example.com").getFirst().key()).isEqualTo(lasting.key());
        FrontRules rules = routes.front();
        ring();
        assertThat(routes.front()).isSameAs(rules);
    }

    @Test
    void withoutChangesNothingIsReadAnew() {
        add("shop.example.com");
        ring();
        FrontRules rules = routes.front();
        ring();
        assertThat(routes.front()).isSameAs(rules);
    }

    @Test
    void afterARestartWithoutTheDatabaseAllIsAsItWas() {
        add("shop.example.com");
        TestCertificates.Issued issued = AUTHORITY.issue("shop.example.com");
        add(issued, "shop.example.com");
        ring();

        Routes later = new Routes();
        DatabaseSettings nowhere = new DatabaseSettings("jdbc:postgresql://127.0.0.1:9/none", "none", "none");
        try (Database away = Database.open(nowhere, "test", 0, 1)) {
            new FrontKeeper(away, key, later, home, "plat.test").restore();
        }
        assertThat(later.front().certificates()).isEqualTo(routes.front().certificates());
        assertThat(shown(later, "shop.example.com").getFirst().key()).isEqualTo(issued.key());
    }

    @Test
    void onDiskKeysAreEncryptedAndOnlyTheOwnerReads() throws Exception {
        add("shop.example.com");
        TestCertificates.Issued issued = AUTHORITY.issue("shop.example.com");
        add(issued, "shop.example.com");
        ring();
        Path file = home.resolve("runtime/domains.json");
        String plain = Base64.getEncoder().encodeToString(issued.key().getEncoded());
        assertThat(Files.readString(file)).contains("shop.example.com").doesNotContain(plain.substring(40, 80));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aCertificateThatCannotBeOpenedHarmsNoOther() {
        add("shop.example.com");
        add("blog.example.com");
        certificates.add(new NewCertificate(
                app.id(),
                List.of("blog.example.com"),
                "garbage",
                new byte[40],
                "",
                "",
                Instant.now(),
                Instant.now().plusSeconds(60),
                false,
                "ada"));
        add(AUTHORITY.issue("shop.example.com"), "shop.example.com");
        ring();
        assertThat(shown(routes, "blog.example.com")).isEmpty();
        assertThat(shown(routes, "shop.example.com")).hasSize(1);
    }

    private static DoorRules shop(Routes routes) {
        return java.util.Objects.requireNonNull(routes.front().doors().get("shop"));
    }

    @Test
    void rulesOfVisitorsHoldAtOnceAlsoAfterARestartWithoutTheDatabaseAndEndWithTheirApp() throws Exception {
        DoorStore doors = new DoorStore(database);
        doors.save(app.id(), DoorSettings.DEFAULT.with(DoorSettings.Maintenance.OFF.turned(true)), "ada");
        doors.put(new DoorUser(app.id(), "anna", PasswordHash.of("s3cret word"), "ada", Instant.now()));
        ring();
        DoorRules rules = shop(routes);
        assertThat(rules.maintenance()).isPresent();
        assertThat(rules.guests().orElseThrow().byName())
                .hasEntrySatisfying(
                        "anna",
                        password -> assertThat(password.fits("s3cret word")).isTrue());
        assertThat(Files.readString(home.resolve("runtime/domains.json"))).doesNotContain("s3cret word");

        Routes later = new Routes();
        DatabaseSettings nowhere = new DatabaseSettings("jdbc:postgresql://127.0.0.1:9/none", "none", "none");
        try (Database away = Database.open(nowhere, "test", 0, 1)) {
            new FrontKeeper(away, key, later, home, "plat.test").restore();
        }
        DoorRules kept = shop(later);
        assertThat(kept.maintenance()).isEqualTo(rules.maintenance());
        assertThat(kept.guests().orElseThrow().byName())
                .isEqualTo(rules.guests().orElseThrow().byName());

        doors.save(app.id(), DoorSettings.DEFAULT, "ada");
        doors.remove(app.id(), "anna");
        ring();
        assertThat(routes.front().doors()).isEmpty();

        doors.save(app.id(), DoorSettings.DEFAULT.with(DoorSettings.Maintenance.OFF.turned(true)), "ada");
        new AppStore(database).delete(app.id());
        ring();
        assertThat(doors.allSettings()).isEmpty();
    }

    @Test
    void aFileFromBeforeThereWereRulesIsRead() throws Exception {
        Path file = home.resolve("runtime/domains.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"domains\":[],\"certificates\":[],\"challenges\":{\"t\":\"a\"}}");
        keeper.restore();
        assertThat(routes.front().challenges()).containsEntry("t", "a");
        assertThat(routes.front().doors()).isEmpty();
    }

    /// Another run's, which can't reach the database.
    private Routes restoredWithoutDatabase(AppRoute... known) {
        Routes later = new Routes();
        List.of(known).forEach(later::put);
        Database away = Database.open(TestDatabase.fresh(), "test", 0, 1);
        away.close();
        new FrontKeeper(away, key, later, home, "plat.test").restore();
        return later;
    }

    @Test
    void whenItIsntKnownWhomAppsLetInTheyLetInNobodyUntilTheTablesAreRead() throws Exception {
        assertThat(restoredWithoutDatabase().front().known()).isFalse();
        AppRoute route = new AppRoute("shop", AppRoute.Status.LIVE, List.of());
        assertThat(restoredWithoutDatabase(route).front().known()).isFalse();

        new DoorStore(database)
                .save(app.id(), DoorSettings.DEFAULT.with(DoorSettings.Maintenance.OFF.turned(true)), "ada");
        ring();
        assertThat(shop(restoredWithoutDatabase(route)).maintenance()).isPresent();
        Files.writeString(home.resolve("runtime/domains.json"), "{\"domains\":[],\"certif");
        assertThat(restoredWithoutDatabase(route).front().known()).isFalse();

        Routes later = new Routes();
        new FrontKeeper(database, key, later, home, "plat.test").restore();
        assertThat(later.front().known()).isTrue();
        assertThat(shop(later).maintenance()).isPresent();
    }

    @Test
    void aFreshInstallationKnowsThatThereAreNoRules() {
        Routes fresh = new Routes();
        fresh.front(FrontRules.UNKNOWN);
        try (Database empty = Database.open(TestDatabase.fresh(), "test", 0, 1)) {
            new FrontKeeper(empty, key, fresh, home, "plat.test").restore();
        }
        assertThat(fresh.front().known()).isTrue();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLater() throws Exception {
        Path inTheWay = Files.createFile(home.resolve("runtime"));
        add("shop.example.com");
        ring();
        assertThat(routes.front()).isNotEqualTo(FrontRules.NONE);
        Files.delete(inTheWay);
        ring();
        assertThat(home.resolve("runtime/domains.json")).content().contains("shop.example.com");
        FrontRules rules = routes.front();
        ring();
        assertThat(routes.front()).isSameAs(rules);
    }
}
