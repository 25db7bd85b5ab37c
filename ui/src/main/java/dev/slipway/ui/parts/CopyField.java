package dev.slipway.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/// Text in a box with a button that copies it.
@Tag("slip-copy")
public final class CopyField extends Component {
    private static final long serialVersionUID = 1;

    /// @param label what it is, for screen readers ("Copy the commands")
    public CopyField(String text, String label) {
        getElement().setAttribute("text", text);
        getElement().setAttribute("label", label);
    }

    /// Small, within a line; `shown` stands for the text, which is copied whole.
    public static CopyField inline(String text, String shown, String label) {
        CopyField field = new CopyField(text, label);
        field.getElement().setAttribute("show", shown);
        field.getElement().setAttribute("title", text);
        field.getElement().getClassList().add("inline");
        return field;
    }

    /// What is copied.
    public String text() {
        return getElement().getAttribute("text");
    }
}
