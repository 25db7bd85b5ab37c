package dev.slipway.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;

/// System, light or dark: chosen and remembered by the browser alone.
@Tag("slip-scheme")
@JavaScript("context://ui/scheme.js")
final class SchemeToggle extends Component {
    private static final long serialVersionUID = 1;
}
