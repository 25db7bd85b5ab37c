package dev.slipway.ui.apps;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import dev.slipway.db.apps.App;
import dev.slipway.db.apps.Source;
import dev.slipway.ui.parts.CopyField;
import dev.slipway.ui.parts.Status;
import dev.slipway.ui.parts.StatusPill;
import dev.slipway.ui.parts.Tone;

/// The commands that push to an app hosted here, ready to copy.
final class HostedGuide extends Section {
    private static final long serialVersionUID = 1;

    private final String address;
    private final String branch;

    /// @param waiting says that the page waits for the first push
    HostedGuide(App app, Source.Hosted source, PushGuides parts, boolean waiting) {
        this.address = parts.addresses().git(app.name());
        this.branch = source.branch();
        addClassNames("section", "guide");
        Div title = new Div(new H2("Push your code"));
        title.addClassName("section-header");
        if (waiting) {
            title.add(new StatusPill(new Status("Waiting for the first push", Tone.ACTIVE)));
        }
        OrderedList steps = new OrderedList(new ListItem(token(app, parts)), new ListItem(push()));
        steps.addClassNames("card", "guide-steps");
        add(title, steps);
        if (waiting) {
            Paragraph next = new Paragraph(
                    "The repository needs a Dockerfile in its root (or where the settings say). As soon as the push arrives, "
                            + "this page shows its build.");
            next.addClassName("quiet");
            add(next);
        }
    }

    private Component token(App app, PushGuides parts) {
        Div step = step(
                "Get a token",
                "Git asks for a user name and a password. Enter any user name, and a token as the password.");
        Button create = new Button("Create a token");
        create.setDisableOnClick(true);
        create.addClickListener(click -> {
            String secret = parts.tokens()
                    .create(parts.user().name(), "git push to " + app.name(), null)
                    .secret();
            step.replace(create, issued(secret, parts.user().name()));
        });
        step.add(create);
        return step;
    }

    private Component issued(String secret, String user) {
        Paragraph once = new Paragraph("This token is shown only now. Copy it before you leave the page.");
        once.addClassName("callout-title");
        Paragraph remember = new Paragraph(
                "To be asked only once on this computer, let Git remember it (in a file in your home directory):");
        Paragraph inAddress = new Paragraph("Or, for a script, put it into the address instead of step 2's:");
        Div box = new Div(
                once,
                new CopyField(secret, "the token"),
                remember,
                new CopyField("git config --global credential.helper store", "the command that remembers the token"),
                inAddress,
                new CopyField(
                        "git remote add slipway " + address.replaceFirst("://", "://" + user + ":" + secret + "@"),
                        "the command with the token"));
        box.addClassNames("section", "issued");
        return box;
    }

    private Component push() {
        Div step = step("Push", "In your repository:");
        step.add(
                new CopyField("git remote add slipway " + address, "the command that adds the remote"),
                new CopyField("git push slipway " + branch, "the command that pushes"));
        Paragraph other = new Paragraph("Is your branch called something else? ");
        other.add(CopyField.inline(
                "git push slipway HEAD:" + branch,
                "git push slipway HEAD:" + branch,
                "the command that pushes another branch"));
        other.addClassName("quiet");
        step.add(other);
        return step;
    }

    private static Div step(String title, String sentence) {
        Paragraph text = new Paragraph(sentence);
        Div step = new Div(new H3(title), text);
        step.addClassName("section");
        return step;
    }
}
