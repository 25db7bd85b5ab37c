package dev.slipway.ui.apps;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.ui.door.AccessView;
import dev.slipway.ui.parts.Callout;
import dev.slipway.ui.parts.Notices;
import dev.slipway.ui.parts.Tone;

/// Says that visitors don't get the app, and ends that.
final class MaintenanceBanner extends Div {
    private static final long serialVersionUID = 1;

    MaintenanceBanner(String app, DoorSettings.Maintenance maintenance, Banners parts) {
        addClassName("pause-banner");
        int through = maintenance.allowed().size();
        Button off = new Button("Turn maintenance off", click -> {
            parts.doors().turnMaintenance(app, false, parts.user().name());
            Notices.done("Visitors get the app again.");
        });
        off.setDisableOnClick(true);
        Div actions = new Div(off);
        actions.addClassName("buttons");
        add(new Callout(
                        Tone.WARN,
                        "Maintenance is on",
                        "Visitors get a page instead of the app."
                                + (through == 0
                                        ? ""
                                        : through == 1
                                                ? " One address or range gets through."
                                                : " " + through + " addresses and ranges get through."))
                .with(actions, new RouterLink("Access", AccessView.class, new RouteParameters("app", app))));
    }
}
