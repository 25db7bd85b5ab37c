package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;

/// What a push may do to an app's refs: nearly everything, rewriting history included, but not to delete the
/// branch that is built.
final class PushTerms implements PreReceiveHook {
    private final App app;

    PushTerms(App app) {
        this.app = app;
    }

    @Override
    public void onPreReceive(ReceivePack push, Collection<ReceiveCommand> commands) {
        for (ReceiveCommand command : commands) {
            refusal(push.getRevWalk(), command).ifPresent(why -> command.setResult(Result.REJECTED_OTHER_REASON, why));
        }
    }

    private Optional<String> refusal(RevWalk walk, ReceiveCommand command) {
        String ref = command.getRefName();
        String branch = app.source().branch();
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            return ref.equals(Constants.R_HEADS + branch)
                    ? Optional.of("the app " + app.name() + " is built from " + branch
                            + "; choose another branch in its settings before you delete this one")
                    : Optional.empty();
        }
        return RefRules.refusal(ref)
                .or(() -> ref.startsWith(Constants.R_HEADS) && !isCommit(walk, command)
                        ? Optional.of("a branch must point to a commit")
                        : Optional.empty());
    }

    private static boolean isCommit(RevWalk walk, ReceiveCommand command) {
        try {
            return walk.parseAny(command.getNewId()) instanceof RevCommit;
        } catch (IOException e) {
            return false;
        }
    }
}
