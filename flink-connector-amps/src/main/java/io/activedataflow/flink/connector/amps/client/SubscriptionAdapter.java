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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageHandler;
import com.crankuptheamps.client.fields.Field;

import javax.annotation.Nullable;

/**
 * Hands what the AMPS client delivers for one subscription to its handler, up to the end and no
 * further. The client's reader thread, but for {@link #accepted} and {@link #withdraw}.
 */
@Internal
final class SubscriptionAdapter implements MessageHandler {

    private final AmpsServerUri server;
    private final AmpsSubscribeCommand command;
    private final AmpsSubscriptionHandler handler;
    private final Runnable breakOff;
    private final MessageView view = new MessageView();
    private final Bookmarks bookmarks = new Bookmarks();

    private boolean accepted;
    private @Nullable AmpsException early;
    private volatile boolean ended;

    /**
     * @param breakOff closes the connection without waiting for anything
     */
    SubscriptionAdapter(
            AmpsServerUri server,
            AmpsSubscribeCommand command,
            AmpsSubscriptionHandler handler,
            Runnable breakOff) {
        this.server = server;
        this.command = command;
        this.handler = handler;
        this.breakOff = breakOff;
    }

    /** The server has accepted. An end that came since is told now; until then, subscribe tells. */
    void accepted() {
        AmpsException cause;
        synchronized (this) {
            accepted = true;
            cause = early;
        }
        if (cause != null) {
            handler.onDisconnected(cause);
        }
    }

    /** The handler is told nothing any more. Any thread. */
    void withdraw() {
        synchronized (this) {
            ended = true;
            early = null;
        }
    }

    /** The subscription has ended; told once. */
    void end(AmpsException cause) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            if (!accepted) {
                early = cause;
                return;
            }
        }
        handler.onDisconnected(cause);
    }

    void lastChance(String description) {
        if (!ended) {
            handler.onLastChance(description);
        }
    }

    @Override
    public void invoke(Message message) {
        if (ended) {
            return;
        }
        try {
            dispatch(message);
        } catch (Throwable t) {
            // The client would report it and go on with the next message: this one would be lost.
            lastChance("Failed to take " + MessageText.of(message) + ": " + t);
            end(AmpsErrors.handlerFailed(server, command, t));
            breakOff.run();
        }
    }

    private void dispatch(Message message) {
        switch (message.getCommand()) {
            case Message.Command.Publish -> deliver(AmpsCommand.PUBLISH, message);
            case Message.Command.DeltaPublish -> deliver(AmpsCommand.DELTA_PUBLISH, message);
            case Message.Command.SOW -> deliver(AmpsCommand.SOW, message);
            case Message.Command.OOF -> deliver(AmpsCommand.OOF, message);
            case Message.Command.Ack -> acknowledged(message);
            case Message.Command.GroupBegin -> handler.onGroupBegin();
            case Message.Command.GroupEnd -> handler.onGroupEnd();
            default -> handler.onLastChance(MessageText.of(message));
        }
    }

    private void deliver(AmpsCommand kind, Message message) {
        view.show(kind, message);
        handler.onMessage(view);
    }

    private void acknowledged(Message message) {
        int type = message.isAckTypeNull() ? Message.AckType.None : message.getAckType();
        if (type == Message.AckType.Processed
                && command.verb() == AmpsSubscribeCommand.Verb.QUEUE_SUBSCRIBE) {
            handler.onBacklog(Backlog.of(message.isOptionsNull() ? "" : message.getOptions()));
        } else if (type != Message.AckType.Completed && type != Message.AckType.Persisted) {
            handler.onLastChance(MessageText.of(message));
        } else if (message.getStatus() == Message.Status.Failure) {
            String reason = message.isReasonNull() ? "no reason given" : message.getReasonText();
            end(AmpsErrors.ended(server, command, reason));
            breakOff.run();
        } else if (type == Message.AckType.Completed) {
            handler.onCompleted(bookmark(message));
        } else {
            handler.onPersisted(bookmark(message));
        }
    }

    @Nullable
    private AmpsBookmark bookmark(Message message) {
        Field field = message.getBookmarkRaw();
        return !field.isNull() && bookmarks.parse(field.buffer, field.position, field.length)
                ? new AmpsBookmark(bookmarks.publisherId(), bookmarks.sequence())
                : null;
    }
}
