package dev.slipway.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseCheckTest {
    private final DatabaseSettings good = TestDatabase.fresh();

    @Test
    void aDatabaseOfOnesOwnIsFine() {
        assertThat(DatabaseCheck.trouble(good)).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidWithoutThePassword() {
        assertThat(DatabaseCheck.trouble(new DatabaseSettings(good.url(), good.user(), "s3cret")))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("password authentication failed")
                        .doesNotContain("s3cret"));
        assertThat(DatabaseCheck.trouble(new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/x", "x", "s3cret")))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("refused").doesNotContain("s3cret"));
        assertThat(DatabaseCheck.trouble(new DatabaseSettings("postgres://127.0.0.1:1/x", "x", "x")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("jdbc:postgresql://"));
        assertThat(DatabaseCheck.trouble(new DatabaseSettings(good.url() + "-nowhere", good.user(), good.password())))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("does not exist"));
    }

    @Test
    void aUserWhoMayNotCreateTablesIsFound() throws SQLException {
        try (var connection = DriverManager.getConnection(good.url(), good.user(), good.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'");
        }
        assertThat(DatabaseCheck.trouble(new DatabaseSettings(good.url(), "guest", "guest")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("may not create tables"));
    }
}
