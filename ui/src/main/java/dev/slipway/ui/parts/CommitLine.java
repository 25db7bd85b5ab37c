package dev.slipway.ui.parts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.slipway.db.builds.Commit;

/// A commit in a line or two: its subject, then its id and author.
public final class CommitLine extends Div {
    private static final long serialVersionUID = 1;

    public CommitLine(Commit commit) {
        addClassName("commit");
        String subject = commit.subject().isBlank() ? "(no message)" : commit.subject();
        Span title = Words.cut(subject);
        title.addClassName("commit-subject");
        if (!commit.message().strip().equals(subject)) {
            title.getElement().setAttribute("title", commit.message().strip());
        }
        Div by = new Div(Words.mono(commit.id().abbreviated()), new Span(authorName(commit)));
        by.addClassName("commit-by");
        by.getElement().setAttribute("title", commit.id() + " by " + commit.author());
        add(title, by);
    }

    /// The author without the mail address.
    public static String authorName(Commit commit) {
        int mail = commit.author().indexOf(" <");
        return mail > 0 ? commit.author().substring(0, mail) : commit.author();
    }
}
