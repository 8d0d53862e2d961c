/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.ServerVersions;
import io.activedataflow.flink.connector.amps.source.reader.ConnectionWorkers.OpenSubscription;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Behind;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Failed;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Lost;
import io.activedataflow.flink.connector.amps.source.reader.OpenOutcome.Opened;
import io.activedataflow.flink.connector.amps.source.reader.OpenRequest.Purpose;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.concurrent.CancellationException;

/**
 * One attempt to open a split on one server. Runs on a worker thread, because it waits for the
 * server; the fetcher looks for the outcome and may break it off.
 */
@Internal
final class OpenAttempt implements Runnable {

    private final OpenRequest request;
    private final SubscriptionContext context;
    private final SubscriptionBuffer buffer;
    private final AttemptConnections connections;
    private final LossInspection inspection;

    private volatile @Nullable OpenOutcome outcome;

    /**
     * @param buffer takes what arrives; closed here unless the attempt succeeds
     */
    OpenAttempt(OpenRequest request, SubscriptionContext context, SubscriptionBuffer buffer) {
        this.request = request;
        this.context = context;
        this.buffer = buffer;
        this.connections = new AttemptConnections(context.factory(), request.server());
        this.inspection = new LossInspection(request, connections, context.options());
    }

    OpenRequest request() {
        return request;
    }

    /** What has become of it, or null as long as it is under way. Any thread. */
    @Nullable
    OpenOutcome outcome() {
        return outcome;
    }

    /** Breaks it off; whatever it has opened is closed. Blocks for a second at most. */
    void cancel() {
        buffer.close();
        connections.cancel();
        closeWhatWasOpened();
    }

    private void closeWhatWasOpened() {
        if (outcome instanceof Opened opened) {
            opened.subscription().connection().close();
        }
    }

    @Override
    public void run() {
        OpenOutcome reached;
        try {
            reached = attempt();
        } catch (AmpsException e) {
            reached = new Failed(e);
        } catch (CancellationException e) {
            reached = failed(AmpsException.Kind.RETRIABLE, e);
        } catch (RuntimeException | Error e) {
            reached = failed(AmpsException.Kind.FATAL, e);
        }
        if (!(reached instanceof Opened)) {
            buffer.close();
            connections.cancel();
        }
        outcome = reached;
        if (connections.isCancelled()) {
            // cancel() may have looked for the outcome just before there was one.
            closeWhatWasOpened();
        }
        context.signal().raise();
    }

    private OpenOutcome attempt() {
        if (request.purpose() == Purpose.INSPECT_LOSS) {
            return new Lost(inspection.inspect("its first message is later than that."));
        }
        try {
            return open();
        } catch (AmpsException e) {
            if (e.kind() != AmpsException.Kind.BOOKMARK_NOT_FOUND) {
                throw e;
            }
            return isOnAnotherServer() && inspection.reachesBackInTime()
                    ? new Behind()
                    : new Lost(inspection.inspect(e.getMessage()));
        }
    }

    private boolean isOnAnotherServer() {
        ReplayPosition position = request.split().position();
        return !position.isNone()
                && !context.planner().isSameInstance(position.server(), request.server().text());
    }

    private Opened open() {
        String server = request.server().text();
        AmpsSplit split = request.split();
        ReplayPlanner planner = context.planner();
        ReplayEnd newEnd = planner.mustTakeEndAnew(split, server) ? takeEndAnew(split) : null;
        AmpsConnection connection = connections.open(request.clientName());
        if (connection.serverVersion() < ServerVersions.BOOKMARK_NOT_FOUND) {
            inspection.requireStillThere();
        }
        ReplayOpening opening =
                planner.plan(
                        newEnd == null ? split : split.withEnd(newEnd),
                        server,
                        connection.serverVersion(),
                        request.purpose() == Purpose.RESUME_BY_TIME);
        connection.subscribe(opening.command(), buffer);
        connections.handOver(connection);
        OpenSubscription subscription = new OpenSubscription(connection, buffer);
        context.workers().opened(subscription);
        return new Opened(subscription, opening, newEnd);
    }

    private ReplayEnd takeEndAnew(AmpsSplit split) {
        ReplayEnd ofThisLog = inspection.endOfLogAsEnd();
        requireNotBeforeEverything(ofThisLog);
        return split.end().movedTo(ofThisLog);
    }

    /** The end is only reached on a log that has what came before it. */
    private void requireNotBeforeEverything(ReplayEnd newEnd) {
        ReplayEnd end = request.split().end();
        if (newEnd.isBeforeEverything() && !end.isBeforeEverything()) {
            throw new AmpsException(
                    AmpsException.Kind.BOOKMARK_NOT_FOUND,
                    "it has nothing for "
                            + request.split().topic()
                            + ", while the log of "
                            + end.server()
                            + " ended at "
                            + end.bookmark()
                            + ".",
                    null);
        }
    }

    private Failed failed(AmpsException.Kind kind, Throwable cause) {
        return new Failed(
                new AmpsException(
                        kind,
                        "Opening "
                                + request.split().splitId()
                                + " on "
                                + request.server()
                                + " failed: "
                                + cause,
                        cause));
    }
}
