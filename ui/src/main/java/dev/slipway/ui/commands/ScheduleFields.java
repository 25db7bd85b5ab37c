package dev.slipway.ui.commands;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.slipway.db.releases.Words;
import dev.slipway.db.schedules.ScheduleSettings;
import dev.slipway.db.schedules.ScheduleSettings.Missed;
import dev.slipway.db.schedules.ScheduleSettings.Overlap;
import dev.slipway.platform.Problem;
import dev.slipway.platform.commands.CommandDraft;
import dev.slipway.platform.commands.ScheduleDraft;
import dev.slipway.platform.commands.ScheduleService;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A schedule as fields, with its next times while they are filled in.
final class ScheduleFields extends Div {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 3;
    private static final String UTC = "UTC";

    private final transient ScheduleService schedules;
    private final TextField name = new TextField("Name");
    private final TextField line = new TextField("Command");
    private final TextField cron = new TextField("When");
    private final ComboBox<String> zone = new ComboBox<>("Time zone");
    private final Paragraph next = new Paragraph();
    private final TimeLimit limit = new TimeLimit();
    private final Select<Overlap> overlap = new Select<>();
    private final Select<Missed> missed = new Select<>();

    ScheduleFields(ScheduleService schedules) {
        this.schedules = schedules;
        addClassName("form");
        name.setPlaceholder("Nightly backup");
        name.setAutofocus(true);
        line.setPlaceholder("bin/backup --all");
        line.setHelperText("Quotes keep words together. No shell reads it: for pipes run sh -c '…'.");
        line.addClassName("mono-field");
        cron.setPlaceholder("30 4 * * *");
        cron.setHelperText(
                "Minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly.");
        cron.addClassName("mono-field");
        cron.setValueChangeMode(ValueChangeMode.LAZY);
        cron.addValueChangeListener(change -> preview());
        zone.setItems(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        zone.setValue(UTC);
        zone.addValueChangeListener(change -> preview());
        next.addClassNames("quiet", "schedule-next");
        next.getElement().setAttribute("aria-live", "polite");
        overlap.setLabel("When the last run hasn't ended");
        overlap.setItems(Overlap.values());
        overlap.setItemLabelGenerator(CommandWords::words);
        overlap.setValue(Overlap.SKIP);
        missed.setLabel("When the platform was down");
        missed.setItems(Missed.values());
        missed.setItemLabelGenerator(CommandWords::words);
        missed.setValue(Missed.RUN_ONCE);
        Div when = new Div(cron, zone);
        when.addClassName("fields");
        Div rules = new Div(limit, overlap, missed);
        rules.addClassName("fields");
        add(name, line, when, next, rules);
        preview();
    }

    /// A new one is meant in the time zone of who adds it.
    void begin() {
        addAttachListener(attached -> attached.getUI().getPage().retrieveExtendedClientDetails(details -> {
            if (ZoneId.getAvailableZoneIds().contains(details.getTimeZoneId())) {
                zone.setValue(details.getTimeZoneId());
            }
        }));
    }

    void show(ScheduleSettings settings) {
        name.setValue(settings.name());
        line.setValue(Words.join(settings.command()));
        cron.setValue(settings.cron());
        zone.setValue(settings.zone());
        limit.with(settings.timeoutSeconds());
        overlap.setValue(settings.overlap());
        missed.setValue(settings.missed());
        preview();
    }

    String name() {
        return name.getValue().strip();
    }

    /// @throws Problem INVALID when the command can't be run
    ScheduleDraft read() {
        return new ScheduleDraft(
                name.getValue(),
                cron.getValue(),
                zoneName(),
                CommandDraft.ofLine(line.getValue(), limit.getValue()),
                overlap.getValue(),
                missed.getValue());
    }

    private String zoneName() {
        return Optional.ofNullable(zone.getValue()).orElse(UTC);
    }

    private void preview() {
        cron.setInvalid(false);
        if (cron.getValue().isBlank()) {
            next.setText("");
            return;
        }
        try {
            next.setText("Next: "
                    + schedules.preview(cron.getValue(), zoneName(), SHOWN).stream()
                            .map(time -> CommandWords.due(time, zoneName()))
                            .collect(Collectors.joining(" · ")));
        } catch (Problem e) {
            next.setText("");
            cron.setErrorMessage(e.sentence());
            cron.setInvalid(true);
        }
    }
}
