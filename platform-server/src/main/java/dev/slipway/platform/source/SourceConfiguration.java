package dev.slipway.platform.source;

import dev.slipway.db.Bell;
import dev.slipway.db.Database;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.secrets.MasterKey;
import dev.slipway.db.source.DeliveryStore;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.Home;
import dev.slipway.platform.Rounds;
import dev.slipway.platform.Variables;
import dev.slipway.platform.builds.BuildService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/// The parts of this package put together.
@Configuration(proxyBeanMethods = false)
class SourceConfiguration {

    @Bean
    SourceLimits sourceLimits(Variables variables) {
        return SourceLimits.from(variables);
    }

    @Bean
    RepositoryUrlPolicy repositoryUrlPolicy(Variables variables) {
        return RepositoryUrlPolicy.from(variables);
    }

    @Bean
    Repositories repositories(Home home, SourceLimits limits) {
        return new Repositories(home, limits);
    }

    @Bean
    History history(Repositories repositories) {
        return new History(repositories);
    }

    @Bean
    HeadReceipts headReceipts(Database database) {
        return new HeadReceipts(database);
    }

    @Bean
    BuildFollower buildFollower(Database database, Bell bell, Addresses addresses, BuildService builds) {
        return new BuildFollower(database, bell, addresses, builds::whyWaiting);
    }

    /// Before the web server waits for its requests to end.
    @Bean
    ApplicationListener<ContextClosedEvent> pushersGo(BuildFollower follower) {
        return closed -> follower.close();
    }

    @Bean
    ServletRegistrationBean<AppGitServlet> gitServlet(
            AppStore apps,
            Repositories repositories,
            HeadReceipts heads,
            BuildFollower follower,
            Addresses addresses,
            SourceLimits limits) {
        AppReceivePack.Services services = new AppReceivePack.Services(heads, follower, addresses, limits);
        ServletRegistrationBean<AppGitServlet> registration =
                new ServletRegistrationBean<>(new AppGitServlet(apps, repositories, services), "/git/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    Fetcher fetcher(RepositoryUrlPolicy policy, SourceLimits limits) {
        return new Fetcher(policy, limits);
    }

    @Bean(destroyMethod = "close")
    WatchedRepositories watchedRepositories(
            AppStore apps, MasterKey masterKey, Repositories repositories, Fetcher fetcher, HeadReceipts heads) {
        return new WatchedRepositories(apps, masterKey, repositories, fetcher, heads);
    }

    @Bean(destroyMethod = "close")
    AutoCloseable watchedRepositoriesBell(WatchedRepositories watched, Bell bell) {
        return watched.listen(bell);
    }

    @Bean
    Webhooks webhooks(AppStore apps, MasterKey masterKey, DeliveryStore deliveries, WatchedRepositories watched) {
        return new Webhooks(apps, masterKey, deliveries, watched);
    }

    @Bean
    HeadRecovery headRecovery(Database database, Repositories repositories, HeadReceipts heads) {
        return new HeadRecovery(database, repositories, heads);
    }

    @Bean(destroyMethod = "close")
    AutoCloseable headRecoveryBell(HeadRecovery recovery, Bell bell) {
        return recovery.listen(bell);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Rounds rounds(HeadRecovery recovery, Repositories repositories, WatchedRepositories watched) {
        return new Rounds("source")
                .every(Duration.ofSeconds(30), "recovery", recovery::recover)
                .every(Duration.ofSeconds(5), "fetch", watched::look)
                .every(Duration.ofHours(1), "sweep", () -> sweep(repositories));
    }

    private static void sweep(Repositories repositories) {
        try {
            repositories.sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
