package dev.slipway.ui.metrics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.slipway.db.Bell;
import dev.slipway.db.releases.Release;
import dev.slipway.platform.releases.ReleaseService;
import dev.slipway.platform.releases.ReleaseView;
import dev.slipway.ui.apps.AppPage;
import dev.slipway.ui.live.LiveUpdates;
import dev.slipway.ui.parts.AppTab;
import java.util.List;

/// An app's requests, latencies, CPU and memory over time, with its releases marked.
@Route(value = "apps/:app/metrics", layout = AppPage.class)
public class MetricsView extends AppTab {
    private static final long serialVersionUID = 1;
    private static final int RELEASES = 100;

    private final ReleaseService releases;
    private final LiveUpdates live;

    public MetricsView(ReleaseService releases, LiveUpdates live) {
        super("Metrics");
        this.releases = releases;
        this.live = live;
    }

    @Override
    protected Component content(String app, BeforeEnterEvent event) {
        ChartsPanel panel = new ChartsPanel(app);
        live.watch(panel, ring -> ring.topic() == Bell.Topic.RELEASE, () -> marks(app), panel::mark);
        return panel;
    }

    private List<Mark> marks(String app) {
        return releases.list(app, Integer.MAX_VALUE, RELEASES).stream()
                .map(ReleaseView::release)
                .filter(release -> release.liveAt() != null)
                .map(MetricsView::mark)
                .toList();
    }

    private static Mark mark(Release release) {
        return new Mark(release.number(), String.valueOf(release.liveAt()));
    }
}
