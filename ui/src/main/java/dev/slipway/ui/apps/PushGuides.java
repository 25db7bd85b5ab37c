package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.access.TokenService;
import dev.slipway.platform.apps.AppService;
import dev.slipway.platform.apps.WatchedApps;
import dev.slipway.ui.access.CurrentUser;
import dev.slipway.ui.live.LiveUpdates;

/// How an app gets its code: by `git push`, or fetched from its repository.
@org.springframework.stereotype.Component
record PushGuides(
        Addresses addresses,
        TokenService tokens,
        AppService apps,
        WatchedApps watched,
        CurrentUser user,
        LiveUpdates live) {

    /// For an app that has no code yet.
    Component firstPush(App app) {
        return switch (app.source()) {
            case Source.Hosted hosted -> new HostedGuide(app, hosted, this, true);
            case Source.Watched watchedSource -> new WatchedGuide(app, watchedSource, this);
        };
    }
}
