package dev.slipway.ui.door;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import dev.slipway.db.door.DoorSettings;
import org.jspecify.annotations.Nullable;

/// From where one may come in, how much a request may bring and how long it may take.
final class RulesSection extends Section {
    private static final long serialVersionUID = 1;
    private static final double MIB = 1 << 20;

    private final RangesField allowed = new RangesField(
            "Only from these addresses",
            "IP addresses and ranges, one a line; empty: from everywhere. Others get status 403.");
    private final NumberField body = new NumberField("Largest request");
    private final IntegerField idle = new IntegerField("Longest silence");
    private final Checkbox log = new Checkbox("Write down each request (access log)");

    RulesSection(String app, DoorParts parts) {
        addClassName("section");
        body.setSuffixComponent(new Span("MiB"));
        body.setPlaceholder("no limit");
        body.setHelperText("Of its body. Larger ones get status 413");
        idle.setSuffixComponent(new Span("seconds"));
        idle.setPlaceholder(Integer.toString(DoorSettings.Limits.IDLE_SECONDS));
        idle.setHelperText("Without a byte in either direction; not of WebSockets");
        log.setHelperText(
                "With the visitor's address, under Logs. What stands behind = in an address is left out: it may be a secret.");
        Div fields = new Div(body, idle);
        fields.addClassName("fields");
        DoorForm form = new DoorForm(app, parts, allowed, fields, log);
        form.primary("Save", "Saved. It holds from now on.", this::read);
        Paragraph when = new Paragraph("These take effect at once, without a release, and no rollback touches them.");
        when.addClassName("quiet");
        add(new H2("Rules"), when, form);
        show(parts.doors().of(app).settings());
    }

    private void show(DoorSettings settings) {
        allowed.show(settings.allowed());
        Long bytes = settings.limits().bodyBytes();
        body.setValue(bytes == null ? null : bytes / MIB);
        idle.setValue(settings.limits().idleSeconds());
        log.setValue(settings.accessLog());
    }

    private DoorSettings read(DoorSettings present) {
        return new DoorSettings(
                present.maintenance(),
                allowed.read(),
                new DoorSettings.Limits(bytes(body.getValue()), idle.getValue()),
                log.getValue());
    }

    private static @Nullable Long bytes(@Nullable Double mebibytes) {
        return mebibytes == null ? null : Math.round(mebibytes * MIB);
    }
}
