package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.CommitId;
import dev.slipway.platform.Addresses;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;

/// What a pusher is told about refs that lead to no build.
final class PushNotices {
    private PushNotices() {}

    /// Lines about a ref that was moved; none about the branch that is built.
    static List<String> ofOther(ReceiveCommand command, App app, Addresses addresses) {
        String ref = command.getRefName();
        String built = app.source().branch();
        if (!ref.startsWith(Constants.R_HEADS)
                || ref.equals(Constants.R_HEADS + built)
                || command.getType() == ReceiveCommand.Type.DELETE) {
            return List.of();
        }
        String branch = ref.substring(Constants.R_HEADS.length());
        return List.of(
                "-----> Branch " + branch + " is stored, but not built: " + app.name() + " is built from " + built,
                "       To build this commit:      git push " + addresses.git(app.name()) + " " + branch + ":" + built,
                "       To build this branch, now and from now on, choose it in the app's settings: "
                        + addresses.dashboard());
    }

    static String nothingNew(CommitId head, Addresses addresses) {
        return "-----> Nothing new: " + head.abbreviated()
                + " was built before. To build it again press Build in the dashboard: " + addresses.dashboard();
    }
}
