package dev.slipway.platform.apps;

import dev.slipway.db.apps.App;
import dev.slipway.db.apps.AppStore;
import dev.slipway.db.apps.Source;
import dev.slipway.db.source.Delivery;
import dev.slipway.db.source.DeliveryStore;
import dev.slipway.platform.Problem;
import java.util.List;
import org.springframework.stereotype.Service;

/// What only concerns apps whose repository is elsewhere: fetching it now, and the calls of its webhook.
@Service
public class WatchedApps {
    private final AppService apps;
    private final AppStore store;
    private final DeliveryStore deliveries;

    WatchedApps(AppService apps, AppStore store, DeliveryStore deliveries) {
        this.apps = apps;
        this.store = store;
        this.deliveries = deliveries;
    }

    /// Makes the repository be fetched at once instead of when its next poll is due.
    ///
    /// @throws Problem CONFLICT when the repository is hosted here
    public void fetchNow(String name) {
        App app = apps.find(name);
        if (app.source() instanceof Source.Hosted) {
            throw Problem.conflict("The repository of \"" + name
                    + "\" is hosted here: there is nothing to fetch. Push to it instead.");
        }
        store.fetchSoon(app.id());
    }

    /// The newest webhook calls, newest first.
    public List<Delivery> deliveries(String name, int limit) {
        return deliveries.ofApp(apps.find(name).id(), limit);
    }
}
