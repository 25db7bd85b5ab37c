package dev.slipway.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import dev.slipway.platform.Problem;
import dev.slipway.ui.parts.Notices;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The one place where exceptions of event listeners become notifications, and a session that ended leads to
/// the log-in without a fuss.
@Component
class Errors implements VaadinServiceInitListener {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(Errors.class);

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().setSystemMessagesProvider(info -> quietMessages());
        event.getSource().addSessionInitListener(session -> session.getSession().setErrorHandler(Errors::show));
        event.getSource()
                .addUIInitListener(ui -> ui.getUI()
                        .getReconnectDialogConfiguration()
                        .setDialogText("The connection was lost. Trying again…"));
    }

    private static CustomizedSystemMessages quietMessages() {
        CustomizedSystemMessages messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(false);
        messages.setCookiesDisabledNotificationEnabled(false);
        messages.setInternalErrorCaption("Something went wrong");
        messages.setInternalErrorMessage("Press Escape to load the page again.");
        return messages;
    }

    private static void show(ErrorEvent event) {
        String sentence = sentence(event.getThrowable());
        UI ui = UI.getCurrent();
        if (ui != null) {
            ui.access(() -> Notices.problem(sentence));
        }
    }

    /// The sentence for people; what isn't a [Problem] is logged.
    static String sentence(Throwable thrown) {
        Optional<Problem> problem = Sentences.problem(thrown);
        if (problem.isPresent()) {
            return problem.get().sentence();
        }
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        log.error("error {} in the dashboard", reference, thrown);
        return Sentences.unexpected(thrown, reference);
    }
}
