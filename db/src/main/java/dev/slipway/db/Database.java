package dev.slipway.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A pool of connections with the two things that stores need: statements and transactions. Thread-safe.
public final class Database implements AutoCloseable {
    private final String id = UUID.randomUUID().toString();
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /// Opens a pool of at most `maxConnections`, of which `idleConnections` stay open when nothing happens.
    /// Doesn't connect yet.
    public static Database open(DatabaseSettings settings, String program, int idleConnections, int maxConnections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setPoolName(program);
        config.addDataSourceProperty("ApplicationName", "slipway-" + program);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        config.setMinimumIdle(idleConnections);
        config.setMaximumPoolSize(maxConnections);
        config.setIdleTimeout(10_000); // each is a process of PostgreSQL
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        if (settings.identity() != null) {
            config.setConnectionInitSql(DatabaseIdentity.proof(settings.identity()));
        }
        return new Database(new HikariDataSource(config));
    }

    /// Nobody else's, in no other program.
    String id() {
        return id;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /// Runs `work` in a transaction (joining the one already open on this thread); an exception rolls back and
    /// is thrown on.
    public <T> T inTransaction(Supplier<T> work) {
        T result = transactions.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("the work of a transaction must return a value");
        }
        return result;
    }

    public void inTransaction(Runnable work) {
        transactions.executeWithoutResult(status -> work.run());
    }

    /// Does `work` on `connection` instead of one of the pool, as far as it happens on this thread.
    void on(Connection connection, Runnable work) {
        TransactionSynchronizationManager.bindResource(dataSource, new ConnectionHolder(connection));
        try {
            work.run();
        } finally {
            TransactionSynchronizationManager.unbindResource(dataSource);
        }
    }

    /// Whether a statement gets its answer now.
    public boolean answers() {
        try {
            return jdbc.sql("SELECT 1").query(Integer.class).single() == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (dataSource instanceof HikariDataSource pool) {
            pool.close();
        }
    }
}
