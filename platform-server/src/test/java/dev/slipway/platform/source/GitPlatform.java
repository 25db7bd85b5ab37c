package dev.slipway.platform.source;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.DatabaseSettings;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.BuildSettings;
import dev.slipway.db.apps.NewApp;
import dev.slipway.db.apps.Source;
import dev.slipway.db.builds.Build;
import dev.slipway.db.builds.BuildStore;
import dev.slipway.db.releases.ProcessSpec;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.testing.TestDatabase;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.Home;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/// Git in on real parts: Tomcat on a free port, PostgreSQL, repositories in a directory of the test. Everybody
/// is logged in as ada.
final class GitPlatform implements AutoCloseable {
    static final SourceLimits LIMITS = new SourceLimits(1L << 30, 100L << 20, 1_000_000);

    final Home home;
    final Database database;
    final Bell bell;
    final AppStore apps;
    final BuildStore builds;
    final Repositories repositories;
    final HeadReceipts heads;
    final BuildFollower follower;
    final MasterKey masterKey = MasterKey.ephemeral();
    final Addresses addresses = new Addresses("http", "localhost", 8080, 0);
    private final Tomcat tomcat = new Tomcat();
    private volatile boolean closed;
    private volatile @Nullable Thread canceller;

    GitPlatform(Path directory) {
        this(directory, LIMITS);
    }

    GitPlatform(Path directory, SourceLimits limits) {
        DatabaseSettings settings = TestDatabase.fresh();
        home = new Home(directory);
        database = Database.open(settings, "source-test", 1, 8);
        bell = new Bell(settings, database, "source-test").start();
        apps = new AppStore(database);
        builds = new BuildStore(database);
        repositories = new Repositories(home, limits);
        heads = new HeadReceipts(database);
        follower = new BuildFollower(database, bell, addresses, build -> Optional.empty());
        serve(directory, limits);
    }

    private void serve(Path directory, SourceLimits limits) {
        tomcat.setBaseDir(directory.resolve("tomcat").toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(
                context,
                "git",
                new AppGitServlet(apps, repositories, new AppReceivePack.Services(heads, follower, addresses, limits)));
        context.addServletMappingDecoded("/git/*", "git");
        FilterDef logIn = new FilterDef();
        logIn.setFilterName("log-in");
        logIn.setFilter(new LogIn());
        context.addFilterDef(logIn);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("log-in");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class LogIn extends HttpFilter {
        private static final long serialVersionUID = 1;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return () -> "ada";
                        }
                    },
                    response);
        }
    }

    App hosted(String name) {
        return create(name, new Source.Hosted("main"));
    }

    App create(String name, Source source) {
        return apps.create(new NewApp(
                new AppName(name),
                source,
                BuildSettings.DEFAULT,
                ProcessSpec.DEFAULT,
                masterKey.encrypt("webhook", "secret"),
                null));
    }

    List<Build> buildsOf(App app) {
        return builds.ofApp(app.id(), Integer.MAX_VALUE, 100);
    }

    /// Ends each build as it comes, so that a push doesn't wait for a worker.
    void cancelBuildsAsTheyCome() {
        canceller = Thread.ofVirtual().start(() -> {
            while (!closed) {
                for (Build open : builds.open()) {
                    builds.cancel(open.id(), "the test");
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        });
    }

    String url(String app) {
        return "http://127.0.0.1:" + port() + "/git/" + app + ".git";
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        closed = true;
        Thread cancelling = canceller;
        if (cancelling != null) {
            try {
                cancelling.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        follower.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        bell.close();
        database.close();
    }
}
