package dev.slipway.platform.source;

import dev.slipway.db.apps.App;
import dev.slipway.db.builds.BuildCause;
import dev.slipway.platform.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A push to an app: pack in, refs moved, build queued, "ok" to the client, then its build on the client's
/// terminal.
///
/// **The build row is committed before the client reads "ok".** JGit does `executeCommands()`, which moves the
/// refs, then writes the status report, then calls the post-receive hook. The transaction therefore can't be in
/// the post-receive hook (a crash would lose a build whose push was acknowledged) nor in the pre-receive hook
/// (a build whose ref never moved); it is in [#executeCommands], where results can still be changed to a
/// refusal. A crash between the refs and the transaction leaves a push that was never acknowledged;
/// [HeadRecovery] finds its head.
///
/// **The client reads "ok" before the build is shown.** JGit keeps the report in a buffer until `close()`,
/// after the post-receive hook. So the build isn't shown from that hook but after [ReceivePack#receive]
/// returned; [HeldEnd] keeps the stream open for it.
final class AppReceivePack extends ReceivePack {
    private static final Logger log = LoggerFactory.getLogger(AppReceivePack.class);

    private final App app;
    private final String pusher;
    private final Services services;
    private final List<String> notices = new ArrayList<>();
    private Receipt receipt = new Receipt.NoHead();

    /// What a push needs.
    record Services(HeadReceipts heads, BuildFollower follower, Addresses addresses, SourceLimits limits) {}

    AppReceivePack(App app, Repository repository, String pusher, Services services) {
        super(repository);
        this.app = app;
        this.pusher = pusher;
        this.services = services;
        setRefLogIdent(new PersonIdent(pusher, pusher + "@slipway"));
        setAllowNonFastForwards(true);
        setAllowDeletes(true);
        setObjectChecker(ReceivedObjects.checker());
        setMaxPackSizeLimit(services.limits().maxPackBytes());
        setMaxObjectSizeLimit(services.limits().maxObjectBytes());
        setPreReceiveHook(new PushTerms(app));
        UnpackErrorHandler report = getUnpackErrorHandler();
        setUnpackErrorHandler(error ->
                report.handleUnpackException(new IOException(PackErrors.sentence(error, services.limits()), error)));
    }

    @Override
    public void receiveWithExceptionPropagation(InputStream in, OutputStream out, @Nullable OutputStream messages)
            throws IOException {
        HeldEnd end = new HeldEnd(out);
        try {
            receive(in, end, messages);
            if (isSideBand()) {
                out.flush();
                tell(new Terminal(out));
            }
        } catch (UnpackException e) {
            // The report told the client. It reads that only after it has sent all it wants to send.
            log.info("a push to {} was refused: {}", app.name(), PackErrors.sentence(e, services.limits()));
            PackErrors.drain(in, services.limits());
        } finally {
            end.release();
        }
    }

    @Override
    protected void executeCommands() {
        Lock moving = services.heads().moving(app.id());
        moving.lock();
        try {
            moveRefs();
            acknowledge();
        } finally {
            moving.unlock();
        }
    }

    /// As JGit does it, but without a progress bar on the pusher's terminal.
    private void moveRefs() {
        List<ReceiveCommand> accepted = filterCommands(Result.NOT_ATTEMPTED);
        BatchRefUpdate batch = getRepository().getRefDatabase().newBatchUpdate();
        batch.setAllowNonFastForwards(isAllowNonFastForwards());
        batch.setAtomic(isAtomic());
        batch.setRefLogIdent(getRefLogIdent());
        batch.setRefLogMessage("push", true);
        batch.addCommand(accepted);
        try {
            batch.execute(getRevWalk(), NullProgressMonitor.INSTANCE);
        } catch (IOException e) {
            log.error("refs of {} can't be moved", app.name(), e);
            accepted.stream()
                    .filter(command -> command.getResult() == Result.NOT_ATTEMPTED)
                    .forEach(command -> command.setResult(
                            Result.REJECTED_OTHER_REASON, "Slipway could not store the ref; its log says why"));
        }
    }

    private void acknowledge() {
        List<ReceiveCommand> moved = filterCommands(Result.OK);
        String built = Constants.R_HEADS + app.source().branch();
        List<ReceiveCommand> ofBranch = moved.stream()
                .filter(command -> command.getRefName().equals(built))
                .toList();
        if (!ofBranch.isEmpty()) {
            try {
                receipt = services.heads().receive(app, getRepository(), BuildCause.PUSH, pusher);
            } catch (RuntimeException e) {
                log.error("a push to {} could not be recorded", app.name(), e);
                refuse(isAtomic() ? moved : ofBranch);
                return;
            }
        }
        moved.stream()
                .map(command -> PushNotices.ofOther(command, app, services.addresses()))
                .forEach(notices::addAll);
    }

    /// Moves the refs back, so that pushing again isn't answered by "Everything up-to-date".
    private void refuse(List<ReceiveCommand> moved) {
        for (ReceiveCommand command : moved) {
            try {
                moveBack(command);
            } catch (IOException e) {
                log.error("{} of {} could not be moved back", command.getRefName(), app.name(), e);
            }
            command.setResult(
                    Result.REJECTED_OTHER_REASON,
                    "Slipway could not record this push (its database did not answer), so nothing will be built; push again in a moment");
        }
    }

    private void moveBack(ReceiveCommand command) throws IOException {
        RefUpdate update = getRepository().updateRef(command.getRefName());
        update.setExpectedOldObjectId(command.getNewId());
        update.setForceUpdate(true);
        update.setRefLogMessage("push not recorded, moved back", false);
        if (command.getType() == ReceiveCommand.Type.CREATE) {
            update.delete();
        } else {
            update.setNewObjectId(command.getOldId());
            update.update();
        }
    }

    private void tell(Terminal terminal) {
        try {
            for (String notice : notices) {
                terminal.say(notice);
            }
            switch (receipt) {
                case Receipt.Queued queued -> services.follower().follow(app, queued.build(), terminal);
                case Receipt.AlreadySeen already ->
                    terminal.say(PushNotices.nothingNew(already.head(), services.addresses()));
                case Receipt.NoHead() -> {}
            }
            terminal.flush();
        } catch (IOException e) {
            log.debug("the pusher of {} has gone", app.name());
        } catch (RuntimeException e) {
            // The push is done and acknowledged: what goes wrong now only ends the watching.
            log.warn("can't show the build of {} any longer", app.name(), e);
        }
    }
}
