package dev.slipway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.db.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class DatabaseIdentityTest {
    @TempDir
    Path home;

    private final DatabaseSettings own = TestDatabase.fresh();

    @BeforeEach
    void remember() {
        try (Database database = Database.open(own, "test", 0, 1)) {
            DatabaseIdentity.remember(database, home);
        }
    }

    @Test
    void theDatabaseOfTheHomeIsUsed() {
        try (Database database = Database.open(own.of(home), "test", 0, 1)) {
            Migrations.migrate(database);
            assertThat(database.answers()).isTrue();
        }
        assertThat(DatabaseCheck.trouble(own.of(home))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherOneIsNeitherReadNorMigrated(boolean empty) {
        DatabaseSettings another = (empty ? TestDatabase.empty() : TestDatabase.fresh()).of(home);
        try (Database database = Database.open(another, "test", 0, 1)) {
            assertThatThrownBy(() -> database.jdbc().sql("SELECT 1").query().singleValue())
                    .isInstanceOf(DataAccessException.class)
                    .satisfies(e -> assertThat(DatabaseIdentity.reason((Exception) e))
                            .contains("isn't the database that this home belongs to"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> Migrations.migrate(database))
                    .withMessageContaining("isn't the database that this home belongs to");
        }
        assertThat(DatabaseCheck.trouble(another))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("remove the file"));
    }

    @Test
    void noBellRingsForAnotherOne() {
        DatabaseSettings another = TestDatabase.fresh();
        List<Bell.Ring> heard = new CopyOnWriteArrayList<>();
        try (Database looking = Database.open(another, "test", 0, 1);
                Database refused = Database.open(another.of(home), "test", 0, 1);
                Bell bell = new Bell(another.of(home), refused, "test")) {
            bell.onRing(heard::add);
            bell.start();
            Awaitility.await().until(() -> sessions(looking) >= 4); // it tries again and again
            Bell.ring(looking, Bell.Topic.APP, 1);
        }
        assertThat(heard).isEmpty();
    }

    private static long sessions(Database database) {
        return database.jdbc()
                .sql("SELECT sessions FROM pg_stat_database WHERE datname = current_database()")
                .query(Long.class)
                .single();
    }

    @Test
    void aHomeBelongsToItsDatabaseUntilTheFileIsRemoved() throws IOException {
        DatabaseSettings another = TestDatabase.fresh();
        String before = Files.readString(home.resolve("database"));
        try (Database database = Database.open(another, "test", 0, 1)) {
            DatabaseIdentity.remember(database, home);
            assertThat(home.resolve("database")).hasContent(before);

            Files.delete(home.resolve("database"));
            DatabaseIdentity.remember(database, home);
        }
        assertThat(Files.readString(home.resolve("database"))).isNotEqualTo(before);
        assertThat(DatabaseCheck.trouble(another.of(home))).isEmpty();
    }
}
