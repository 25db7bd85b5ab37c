package dev.slipway.platform.registry;

import dev.slipway.db.Database;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.registry.BlobStore;
import dev.slipway.db.registry.ContentStore;
import dev.slipway.db.registry.GarbageStore;
import dev.slipway.db.registry.ManifestStore;
import dev.slipway.platform.Home;
import dev.slipway.platform.Variables;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the registry together.
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    RegistrySettings registrySettings(Home home, Variables variables) {
        return RegistrySettings.from(home.registry(), variables::get);
    }

    @Bean
    Repositories imageRepositories(AppStore apps) {
        return new AppRepositories(apps);
    }

    @Bean
    BlobFiles registryBlobFiles(RegistrySettings settings) {
        return new BlobFiles(settings.directory());
    }

    @Bean
    Uploads registryUploads(RegistrySettings settings) {
        return new Uploads(settings, new DiskSpace(settings));
    }

    @Bean
    BlobHandler registryBlobs(Database database, BlobFiles files) {
        return new BlobHandler(new BlobStore(database), files);
    }

    @Bean
    UploadHandler registryUploadHandler(
            Uploads uploads, Database database, BlobFiles files, Repositories repositories) {
        return new UploadHandler(uploads, new BlobStore(database), files, repositories);
    }

    @Bean
    ManifestHandler registryManifests(Database database, Repositories repositories, RegistrySettings settings) {
        return new ManifestHandler(new ManifestStore(database), repositories, settings.keep());
    }

    @Bean
    ImageContents imageContents(Database database, BlobFiles files) {
        return new ImageContents(new ContentStore(database), new ManifestStore(database), files);
    }

    @Bean
    ListHandler registryLists(Database database, Repositories repositories) {
        return new ListHandler(new ManifestStore(database), repositories);
    }

    @Bean
    UploadSweep registryUploadSweep(Uploads uploads) {
        return new UploadSweep(uploads);
    }

    @Bean
    GarbageSweep registryGarbageSweep(Database database, BlobFiles files, RegistrySettings settings) {
        return new GarbageSweep(new GarbageStore(database), files, settings.keep());
    }

    /// Layers are large: read them in large pieces. A refused request shouldn't be asked for its body first
    /// (`Expect: 100-continue`).
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> registryReadsInLargePieces() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setProperty("socket.appReadBufSize", String.valueOf(64 * 1024));
            connector.setProperty("continueResponseTiming", "onRead");
        });
    }
}
