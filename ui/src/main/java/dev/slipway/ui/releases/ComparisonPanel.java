package dev.slipway.ui.releases;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import dev.slipway.db.builds.Commit;
import dev.slipway.platform.releases.Comparison;
import dev.slipway.platform.source.CommitRange;
import dev.slipway.ui.parts.CommitLine;
import dev.slipway.ui.parts.Words;
import java.util.List;

/// Two releases side by side: their commits, and in a table what else is different.
final class ComparisonPanel extends Div {
    private static final long serialVersionUID = 1;
    private static final int COMMITS = 8;

    /// What the columns are called.
    record Columns(String from, String to) {}

    ComparisonPanel(Comparison comparison, Columns columns, ComparisonRows.Scope scope) {
        addClassNames("section", "comparison");
        add(new H3("Commits"));
        CommitRange commits = comparison.commits();
        add(new Paragraph(relation(commits)));
        if (commits.relation() == CommitRange.Relation.DIVERGED) {
            add(label("Left"), list(commits.removed()), label("Come to"), list(commits.added()));
        } else {
            add(list(commits.removed()), list(commits.added()));
        }
        List<Comparison.Change> rows = ComparisonRows.of(comparison, scope);
        add(new H3("What it is made of"));
        add(rows.isEmpty() ? new Paragraph("The same image, config and process settings.") : table(rows, columns));
        String unreadable = comparison.config().unreadable();
        if (unreadable != null) {
            add(new Paragraph("The config can't be compared: " + unreadable + "."));
        }
    }

    private static String relation(CommitRange commits) {
        return switch (commits.relation()) {
            case SAME -> "Both were built from the same commit.";
            case AHEAD -> count(commits.added().size(), commits.more()) + " further on:";
            case BEHIND -> count(commits.removed().size(), commits.more()) + " back; left behind are:";
            case DIVERGED ->
                "Neither commit is the other's ancestor: the branch was rewritten, or another one is built.";
            case UNKNOWN -> "One of the commits isn't in the repository any more, so they can't be compared.";
        };
    }

    private static String count(int commits, boolean more) {
        return more ? "More than " + commits + " commits" : commits == 1 ? "One commit" : commits + " commits";
    }

    private static Words label(String text) {
        Words label = Words.quiet(text);
        label.addClassName("small");
        return label;
    }

    private static UnorderedList list(List<Commit> commits) {
        UnorderedList list = new UnorderedList();
        list.addClassName("comparison-commits");
        commits.stream().limit(COMMITS).forEach(commit -> list.add(new ListItem(new CommitLine(commit))));
        if (commits.size() > COMMITS) {
            list.add(new ListItem(Words.quiet("and " + (commits.size() - COMMITS) + " more")));
        }
        list.setVisible(!commits.isEmpty());
        return list;
    }

    private static NativeTable table(List<Comparison.Change> rows, Columns columns) {
        NativeTableBody body = new NativeTableBody(new NativeTableRow(
                new NativeTableHeaderCell(""),
                new NativeTableHeaderCell(columns.from()),
                new NativeTableHeaderCell(columns.to())));
        for (Comparison.Change row : rows) {
            NativeTableHeaderCell what = new NativeTableHeaderCell(row.what());
            what.getElement().setAttribute("scope", "row");
            body.add(new NativeTableRow(what, new NativeTableCell(row.from()), new NativeTableCell(row.to())));
        }
        NativeTable table = new NativeTable(body);
        table.addClassName("changes");
        return table;
    }
}
