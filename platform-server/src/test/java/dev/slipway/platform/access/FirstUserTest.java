package dev.slipway.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.access.UserStore;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.platform.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class FirstUserTest {
    private static final BCryptPasswordEncoder QUICK = new BCryptPasswordEncoder(4);

    @TempDir
    private Path home;

    private final DatabaseSettings settings = TestDatabase.fresh();
    private final Database database = Database.open(settings, "test", 0, 4);
    private final UserStore users = new UserStore(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPasswordLeftByACrashBeforeTheUserWasMadeIsTakenUpAgain() throws IOException {
        String left = new PasswordFile(new Home(home)).readOrCreate();
        start();
        assertThat(Files.readString(home.resolve("admin-password")).strip()).isEqualTo(left);
        assertThat(QUICK.matches(left, users.find("admin").orElseThrow().passwordHash()))
                .isTrue();
    }

    @Test
    void aSecondStartChangesNothingEvenWhenTheFileIsGone() throws IOException {
        start();
        String hash = users.find("admin").orElseThrow().passwordHash();
        Files.delete(home.resolve("admin-password"));
        start();
        assertThat(home.resolve("admin-password")).doesNotExist();
        assertThat(users.find("admin").orElseThrow().passwordHash()).isEqualTo(hash);
    }

    @Test
    void startsAtTheSameTimeAgreeOnThePassword() throws Exception {
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> starts = java.util.Collections.nCopies(4, () -> {
                start();
                return true;
            });
            for (Future<Boolean> start : pool.invokeAll(starts)) {
                start.get();
            }
        }
        String password = Files.readString(home.resolve("admin-password")).strip();
        assertThat(QUICK.matches(password, users.find("admin").orElseThrow().passwordHash()))
                .isTrue();
        try (var files = Files.list(home)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aHomeThatCannotBeWrittenToStopsTheStartInsteadOfMakingAUserNobodyKnowsThePasswordOf() {
        assertThatThrownBy(() -> new FirstUser(users, QUICK, new PasswordFile(new Home(Path.of("/proc/nowhere"))))
                        .afterSingletonsInstantiated())
                .hasMessageContaining("/proc/nowhere/admin-password");
        assertThat(users.find("admin")).isEmpty();
    }

    @Test
    void aTokenCanBeMadeFromTheCommandLineAndIsAllThatIsPrinted() throws Exception {
        start();
        Run made = newToken("ci");
        assertThat(made.exit()).as(made.errors()).isZero();
        assertThat(made.output()).matches("slw_[0-9A-Za-z]{40}\n");
        TokenCheck check =
                new TokenCheck(new dev.slipway.db.access.TokenStore(database), users, java.time.Clock.systemUTC());
        assertThat(check.check(made.output().strip(), "192.0.2.1")).isEqualTo(new Verdict.Accepted("admin", false));
    }

    @Test
    void beforeTheFirstStartTheCommandLineSaysWhatIsMissing() throws Exception {
        Run run = newToken("ci");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).isEqualTo("There is no user \"admin\".\n");
    }

    private void start() {
        new FirstUser(users, QUICK, new PasswordFile(new Home(home))).afterSingletonsInstantiated();
    }

    private record Run(int exit, String output, String errors) {}

    private Run newToken(String name) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NewToken.class.getName(),
                name);
        builder.environment()
                .putAll(java.util.Map.of(
                        "SLIPWAY_HOME",
                        home.toString(),
                        "SLIPWAY_DB_URL",
                        settings.url(),
                        "SLIPWAY_DB_USER",
                        settings.user(),
                        "SLIPWAY_DB_PASSWORD",
                        settings.password()));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output, errors);
    }
}
