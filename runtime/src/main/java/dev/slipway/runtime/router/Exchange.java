package dev.slipway.runtime.router;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request on its way to a target, and the answer on its way back. Lives on one event loop; every path ends
/// in [#finish], once.
final class Exchange implements Stalls.Transfer {
    /// RFC 9110, 9.2.2.
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /// Where the client came in.
    interface Door {
        /// Connections end with their next answer.
        boolean leaving();

        Stalls stalls();

        /// Called once, when the exchange is over.
        void finished();
    }

    private final HttpServerRequest request;
    private final Passage passage;
    private final Backend backend;
    private final UpstreamPool pool;
    private final Door door;
    private final Reply reply;
    private final Hold hold;
    private final Pump.Flow flow;
    private final boolean hasBody;
    private final boolean upgrade;

    private @Nullable Target target;
    private @Nullable HttpClientConnection connection;
    private @Nullable Pump upload;
    private @Nullable Pump download;
    private @Nullable Tunnel tunnel;
    private String servedBy = "";
    private boolean reused;
    private boolean retried;
    /// All of the request has left for the target.
    private boolean written;
    private boolean finished;
    /// When it began, began anew after a wait, or was last seen to have moved; of [System#nanoTime].
    private long since = System.nanoTime();
    /// It has moved after that; the clock isn't asked each time.
    private boolean moved;

    Exchange(HttpServerRequest request, Passage passage, Backend backend, UpstreamPool pool, Door door) {
        this.request = request;
        this.passage = passage;
        this.backend = backend;
        this.pool = pool;
        this.door = door;
        this.reply = new Reply(request, passage, door::leaving);
        this.hold = new Hold(backend, this::sendAtLast);
        this.flow = new Pump.Flow(door.stalls(), this::progress, this::cutOff);
        this.hasBody = passage.hasBody();
        this.upgrade = request.method() == HttpMethod.GET
                && request.version() != HttpVersion.HTTP_2
                && !hasBody
                && HeaderRules.wantsTunnel(request.headers());
    }

    /// The target that it was last sent to, "" for none.
    String servedBy() {
        return servedBy;
    }

    void start() {
        if (hasBody || upgrade) {
            // what follows the head waits until somebody takes it
            request.pause();
        }
        if (hasBody) {
            // what may be here before somebody takes it
            long length = ContentLength.of(request.headers());
            door.stalls().begin(this, length < 0 ? Capacity.TRANSFER : (int) Math.min(length, Capacity.TRANSFER));
        }
        request.exceptionHandler(gone -> abandon());
        request.response().exceptionHandler(gone -> abandon());
        request.response().closeHandler(gone -> abandon());
        send(Optional.empty(), true);
    }

    private boolean repeatable() {
        return !hasBody && !upgrade && IDEMPOTENT.contains(request.method());
    }

    private void send(Optional<Target> not, boolean mayReuse) {
        switch (backend.choose(not)) {
            case Backend.Choice.Stop(ErrorPage page) -> answer(page);
            case Backend.Choice.Wait() -> {
                if (!hold.begin()) {
                    answer(backend.waited());
                }
            }
            case Backend.Choice.Go(Target chosen) -> {
                target = chosen;
                servedBy = chosen.id();
                // who may reuse one has begun just now
                HttpClientConnection kept = mayReuse ? pool.reuse(chosen, repeatable(), since) : null;
                reused = kept != null;
                if (kept != null) {
                    sendOver(kept);
                } else {
                    pool.connect(chosen).onComplete(this::sendOver, refused -> unreached(chosen));
                }
            }
        }
    }

    /// There is a target after a wait, in which nothing was read or sent: a new beginning.
    private void sendAtLast() {
        retried = false;
        since = System.nanoTime();
        send(Optional.empty(), true);
    }

    /// Nothing was sent yet, so any request may try once more, elsewhere if there is an elsewhere.
    private void unreached(Target tried) {
        if (!finished) {
            tried.leave();
            target = null;
            if (retried) {
                answer(backend.unreachable());
            } else {
                retried = true;
                send(Optional.of(tried), false);
            }
        }
    }

    private void sendOver(HttpClientConnection open) {
        if (finished) {
            open.close();
            return;
        }
        connection = open;
        open.request(new RequestOptions().setMethod(request.method()).setURI(passage.uri()))
                .onComplete(outgoing -> sendRequest(open, outgoing), error -> broken(open));
    }

    private void sendRequest(HttpClientConnection open, HttpClientRequest outgoing) {
        passage.copyFields(request.headers(), outgoing.headers());
        outgoing.exceptionHandler(error -> broken(open));
        outgoing.continueHandler(go -> request.response().writeContinue());
        outgoing.earlyHintsHandler(hints -> request.response().writeEarlyHints(hints));
        if (upgrade) {
            outgoing.headers()
                    .set(HttpHeaders.CONNECTION, "Upgrade")
                    .set(HttpHeaders.UPGRADE, request.getHeader(HttpHeaders.UPGRADE));
            outgoing.connect().onComplete(incoming -> answer(open, incoming), error -> broken(open));
            return;
        }
        outgoing.response().onComplete(incoming -> answer(open, incoming), error -> broken(open));
        if (hasBody) {
            outgoing.setChunked(!request.headers().contains(HttpHeaders.CONTENT_LENGTH));
            outgoing.sendHead();
            door.stalls().end(this);
            Pump pump = new Pump(body(), outgoing, passage.length(request.headers()), flow);
            upload = pump;
            pump.start(() -> {
                reply.requestEnded();
                progress();
                pump.end().onSuccess(sent -> written = true);
            });
        } else {
            written = true;
            outgoing.end();
        }
    }

    private ReadStream<Buffer> body() {
        long most = backend.mostBody();
        return most == Long.MAX_VALUE ? request : new LimitedBody(request, most, () -> giveUp(backend.tooLarge()));
    }

    private void answer(HttpClientConnection from, HttpClientResponse incoming) {
        if (from != connection) {
            return;
        }
        if (incoming.statusCode() == 101 && !upgrade) {
            broken(from); // nobody asked for another protocol
            return;
        }
        progress();
        if (target != null) {
            target.answered(System.nanoTime(), incoming.statusCode() < 500);
        }
        reply.begin(incoming);
        incoming.exceptionHandler(error -> broken(from));
        if (incoming.statusCode() == 101) {
            incoming.pause();
            switchProtocols(from, incoming);
            return;
        }
        download = reply.body(incoming, flow);
        if (upload != null && !reply.hasRequestEnded()) {
            upload.stopAtCloseOf(Channels.of(from));
        }
        if (download == null) {
            incoming.endHandler(end -> complete(incoming));
        } else {
            download.start(() -> complete(incoming));
            reply.sendHeadSoon();
        }
    }

    private void switchProtocols(HttpClientConnection from, HttpClientResponse incoming) {
        NetSocket back = incoming.netSocket();
        back.pause();
        String chosen = incoming.getHeader(HttpHeaders.UPGRADE);
        String protocol = chosen == null ? request.getHeader(HttpHeaders.UPGRADE) : chosen;
        reply.switchTo(protocol).onFailure(error -> broken(from)).onSuccess(front -> {
            IntakeValve fromTarget = new IntakeValve(from);
            Tunnel opened = new Tunnel(front, back, fromTarget, protocol, flow, backend.idle(), this::finish);
            tunnel = opened;
            Target through = target;
            if (finished || through == null) {
                opened.close();
            } else {
                opened.open();
                through.addTunnel(opened.goAway());
                if (door.leaving() || !backend.mayStay()) {
                    // who dismisses tunnels may have looked before this one was there
                    opened.goAway().run();
                }
            }
        });
    }

    /// The target broke the connection, or it can't be spoken with. Said of a connection that isn't used any more,
    /// because its answer is complete or another was tried after it, it means nothing.
    private void broken(HttpClientConnection from) {
        Target tried = target;
        if (from != connection || tunnel != null || tried == null) {
            return;
        }
        discard();
        if (reply.headWritten()) {
            finish();
            reply.cut();
        } else if (reused && !retried && repeatable() && !reply.begun()) {
            retried = true;
            tried.leave();
            target = null;
            send(Optional.of(tried), false);
        } else {
            answer(backend.unreachable());
        }
    }

    private void answer(ErrorPage page) {
        if (finished || reply.headWritten()) {
            finish();
        } else {
            reply.send(page, this::finish);
        }
    }

    /// The target has said all: it isn't waited for any more, even if the client takes its time to read.
    private void complete(HttpClientResponse incoming) {
        HttpClientConnection used = connection;
        Target answeredBy = target;
        boolean whole = reply.hasRequestEnded();
        if (finished || used == null || answeredBy == null) {
            return;
        }
        if (whole) {
            connection = null;
            pool.takeBack(answeredBy, used, staysOpen(incoming), backend.idle());
        }
        target = null;
        answeredBy.leave();
        Future<Void> sending = download == null ? reply.end() : download.end();
        if (download != null && !sending.isComplete()) {
            door.stalls().begin(this, (int) Math.min(download.copied(), Capacity.REST));
        }
        sending.onComplete(sent -> {
            finish();
            reply.sent(whole);
        });
    }

    /// What waits to be written would come before the next request.
    /// For Vert.x a request to switch protocols never ends, so nothing can follow it, even if it was refused.
    private boolean staysOpen(HttpClientResponse incoming) {
        return written
                && !upgrade
                && (incoming.version() == HttpVersion.HTTP_1_1
                                && !HeaderRules.connectionHas(incoming.headers(), "close")
                        || HeaderRules.connectionHas(incoming.headers(), "keep-alive"));
    }

    private void progress() {
        moved = true;
    }

    /// Called every now and then.
    void checkIdle(long now, Duration tunnelIdle) {
        if (hold.waits()) {
            if (hold.tooLong(now)) {
                hold.end();
                answer(backend.waited());
            }
            return;
        }
        if (moved) {
            moved = false;
            since = now;
        }
        long limit = (tunnel == null || tunnel.ending() ? backend.idle() : tunnelIdle).toNanos();
        if (now - since > limit) {
            if (tunnel != null) {
                tunnel.close();
            } else {
                giveUp(backend.timeout());
            }
        }
    }

    /// The request won't be answered, or not to the end.
    private void giveUp(ErrorPage why) {
        if (reply.headWritten()) {
            finish();
            reply.abort();
        } else {
            discard();
            answer(why);
        }
    }

    /// Too much waits for others, and this has waited longest.
    @Override
    public void cutOff() {
        hold.end();
        if (tunnel != null) {
            tunnel.cutOff();
        } else {
            giveUp(ErrorPage.tooBusy());
        }
    }

    /// The client went away.
    private void abandon() {
        if (tunnel == null) {
            finish();
        }
    }

    private void discard() {
        HttpClientConnection used = connection;
        connection = null;
        if (upload != null) {
            upload.stop();
        }
        if (download != null) {
            download.stop();
        }
        if (used != null) {
            UpstreamPool.giveUp(used, upload == null || written);
        }
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        hold.end();
        door.stalls().end(this);
        discard();
        Target left = target;
        if (left != null) {
            target = null;
            if (tunnel != null) {
                left.removeTunnel(tunnel.goAway());
            }
            left.leave();
        }
        door.finished();
    }
}
