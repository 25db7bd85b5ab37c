package dev.slipway.ui.door;

import com.vaadin.flow.component.textfield.TextArea;
import dev.slipway.db.addresses.AddressRange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Addresses and ranges, one a line.
final class RangesField extends TextArea {
    private static final long serialVersionUID = 1;

    RangesField(String label, String helper) {
        super(label);
        addClassName("config-text");
        setPlaceholder("203.0.113.7\n10.0.0.0/8");
        setHelperText(helper);
        setMinRows(2);
        setMaxRows(8);
        setWidthFull();
        getElement().setAttribute("spellcheck", "false");
    }

    void show(List<AddressRange> ranges) {
        setValue(ranges.stream().map(AddressRange::toString).collect(Collectors.joining("\n")));
    }

    /// @throws IllegalArgumentException with a message for the user
    List<AddressRange> read() {
        return Arrays.stream(getValue().split("[\\s,]+"))
                .filter(entry -> !entry.isEmpty())
                .map(AddressRange::parse)
                .toList();
    }
}
