package dev.slipway.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/// System, light or dark: chosen and remembered by the browser alone.
@Tag("slip-scheme")
final class SchemeToggle extends Component {
    private static final long serialVersionUID = 1;
}
