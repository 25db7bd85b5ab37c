package dev.slipway.platform.registry;

import dev.slipway.db.apps.AppName;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.registry.RepositoryName;

/// One repository for each app, with its name.
final class AppRepositories implements Repositories {
    private final AppStore apps;

    AppRepositories(AppStore apps) {
        this.apps = apps;
    }

    @Override
    public boolean exists(RepositoryName repository) {
        AppName name;
        try {
            name = new AppName(repository.value());
        } catch (IllegalArgumentException noNameOfAnApp) {
            return false;
        }
        return apps.find(name).isPresent();
    }
}
