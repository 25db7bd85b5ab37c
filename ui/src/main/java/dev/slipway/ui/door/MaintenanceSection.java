package dev.slipway.ui.door;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import dev.slipway.db.Bell;
import dev.slipway.db.door.DoorSettings;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;

/// Turns maintenance on and off, and says what visitors see meanwhile.
final class MaintenanceSection extends Section {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_NOTICE = 500;
    private static final Status ON = new Status("On", Tone.WARN);
    private static final Status OFF = new Status("Off", Tone.NEUTRAL);

    private final StatusPill state = new StatusPill(OFF);
    private final TextArea notice = new TextArea("What the page says");
    private final IntegerField retry = new IntegerField("Visitors try again after");
    private final RangesField allowed =
            new RangesField("Who gets through all the same", "IP addresses and ranges, one a line.");
    private final Button on;
    private final Button off;

    MaintenanceSection(String app, DoorParts parts) {
        addClassName("section");
        Div head = new Div(new H2("Maintenance"), state);
        head.addClassName("section-head");
        Paragraph what = new Paragraph(
                "While it is on, visitors get a page with status 503 instead of the app. The app itself goes on running.");
        what.addClassName("quiet");
        notice.setPlaceholder("It will be back soon. This page tries again by itself.");
        notice.setMaxLength(LONGEST_NOTICE);
        notice.setMinRows(2);
        notice.setMaxRows(6);
        retry.setSuffixComponent(new Span("seconds"));
        Div fields = new Div(retry);
        fields.addClassName("fields");
        DoorForm form = new DoorForm(app, parts, notice, fields, allowed);
        on = form.primary(
                "Turn maintenance on", "Visitors get the maintenance page from now on.", now -> read(now, true));
        off = form.primary("Turn maintenance off", "Visitors get the app again.", now -> read(now, false));
        form.button("Save", "Saved.", now -> read(now, now.maintenance().on()));
        add(head, what, form);
        fill(parts.doors().maintenance(app));
        parts.live()
                .watch(
                        this,
                        ring -> ring.topic() == Bell.Topic.APP,
                        () -> parts.doors().maintenance(app).on(),
                        this::show);
    }

    private void fill(DoorSettings.Maintenance maintenance) {
        String text = maintenance.notice();
        notice.setValue(text == null ? "" : text);
        retry.setValue(maintenance.retrySeconds());
        allowed.show(maintenance.allowed());
        show(maintenance.on());
    }

    private void show(boolean isOn) {
        state.show(isOn ? ON : OFF);
        on.setVisible(!isOn);
        off.setVisible(isOn);
    }

    private DoorSettings read(DoorSettings present, boolean turnedOn) {
        Integer seconds = retry.getValue();
        return present.with(new DoorSettings.Maintenance(
                turnedOn,
                notice.getValue(),
                seconds == null ? DoorSettings.Maintenance.RETRY_SECONDS : seconds,
                allowed.read()));
    }
}
