package dev.slipway.ui.parts;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/// Short messages that come and go.
public final class Notices {
    private static final int GOOD_MILLIS = 3_500;
    private static final int BAD_MILLIS = 9_000;

    private Notices() {}

    public static void done(String sentence) {
        Notification.show(sentence, GOOD_MILLIS, Notification.Position.BOTTOM_START, false);
    }

    /// A problem: stays longer, and is read out at once.
    public static void problem(String sentence) {
        Notification notice = new Notification(sentence, BAD_MILLIS, Notification.Position.BOTTOM_START);
        notice.setAssertive(true);
        notice.addThemeVariants(NotificationVariant.ERROR);
        notice.open();
    }
}
