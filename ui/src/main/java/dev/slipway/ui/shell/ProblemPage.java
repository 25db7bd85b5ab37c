package dev.slipway.ui.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import dev.slipway.platform.Problem;
import jakarta.servlet.http.HttpServletResponse;

/// A page that can't be shown for a reason that people can do something about.
@ParentLayout(MainLayout.class)
public class ProblemPage extends ErrorPage implements HasErrorParameter<Problem> {
    private static final long serialVersionUID = 1;

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Problem> parameter) {
        Problem problem = parameter.getException();
        return switch (problem.kind()) {
            case NOT_FOUND -> {
                show("Not found", problem.sentence());
                yield HttpServletResponse.SC_NOT_FOUND;
            }
            case INVALID, CONFLICT, REFUSED -> {
                show("That isn't possible", problem.sentence());
                yield HttpServletResponse.SC_CONFLICT;
            }
        };
    }
}
