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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.AmpsTlsOptions;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.CommandId;
import com.crankuptheamps.client.JSONProtocol;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.TCPTransport;
import com.crankuptheamps.client.exception.AMPSException;
import com.crankuptheamps.client.exception.DisconnectedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A connection through the official AMPS client in its plain form: no reconnecting, no bookmark
 * store, no subscription manager.
 *
 * <p>The client's own {@code close} interrupts the reader thread and waits for it without a limit,
 * so it is called by that thread alone. Otherwise the socket is closed, whereupon the reader
 * thread, the only one that the client has, ends by itself.
 */
@Internal
final class ClientAmpsConnection implements AmpsConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAmpsConnection.class);

    private static final long CLOSE_MILLIS = 500;
    private static final String BEAT = "beat";

    private final AmpsServerUri server;
    private final String clientName;
    private final AmpsConnectionOptions options;
    private final SocketTransport transport;
    private final Client client;
    private final List<SubscriptionAdapter> subscriptions = new CopyOnWriteArrayList<>();
    private final Set<AnswerAdapter> waiting = ConcurrentHashMap.newKeySet();
    private int serverVersion;
    private volatile boolean open;
    private volatile boolean closed;
    private volatile @Nullable AmpsException unreadable;

    ClientAmpsConnection(AmpsServerUri server, String clientName, AmpsConnectionOptions options) {
        this.server = server;
        this.clientName = clientName;
        this.options = options;
        JSONProtocol protocol = new JSONProtocol();
        transport =
                new SocketTransport(
                        protocol, (int) options.connectTimeout().toMillis(), this::lost);
        client = new Client(clientName, new TCPTransport(protocol, transport));
        client.setThreadCreatedHandler(this::readerStarted);
        client.setExceptionListener(this::exceptionReported);
        client.setLastChanceMessageHandler(this::lastChance);
        client.setDuplicateMessageHandler(this::lastChance);
        client.setFailedWriteHandler((Message message, int reason) -> lastChance(message));
    }

    @Override
    public AmpsServerUri server() {
        return server;
    }

    @Override
    public int serverVersion() {
        return serverVersion;
    }

    @Override
    public void open() {
        try {
            Logon logon = Logon.prepare(server, options);
            connect(logon);
            logOn(logon);
        } catch (AmpsException e) {
            transport.closeSocket();
            awaitReader();
            throw closed ? AmpsErrors.closed(server, e) : e;
        }
    }

    private void connect(Logon logon) {
        try {
            if (server.tls()) {
                AmpsTlsOptions tls =
                        options.tls() == null ? AmpsTlsOptions.defaults() : options.tls();
                transport.encryptWith(
                        new TlsLayer(
                                TlsContexts.create(tls),
                                server.host(),
                                server.port(),
                                tls.verifyHostname()));
            }
            client.connect(logon.uri());
        } catch (AMPSException e) {
            throw AmpsErrors.connecting(server, e);
        }
    }

    private void logOn(Logon logon) {
        try {
            client.logon(options.commandTimeout().toMillis(), logon.authenticator());
            if (hasHeartbeats()) {
                client.setHeartbeat((int) options.heartbeatInterval().toSeconds());
            }
            serverVersion = client.getServerVersion();
            open = true;
        } catch (AMPSException | RuntimeException e) {
            Exception ofUser = logon.authenticator().failure();
            throw ofUser != null
                    ? AmpsErrors.authenticating(server, ofUser)
                    : preferUnreadable(
                            AmpsErrors.loggingOn(
                                    server, clientName, logon.credentials().user(), explain(e)));
        }
    }

    @Override
    public void subscribe(AmpsSubscribeCommand command, AmpsSubscriptionHandler handler) {
        SubscriptionAdapter subscription =
                new SubscriptionAdapter(server, command, handler, transport::closeSocket);
        subscriptions.add(subscription);
        try {
            client.executeAsync(toClient(command), subscription);
        } catch (AMPSException | RuntimeException e) {
            subscription.withdraw();
            subscriptions.remove(subscription);
            throw closed
                    ? AmpsErrors.closed(server, e)
                    : preferUnreadable(AmpsErrors.subscribing(server, command, explain(e)));
        }
        subscription.accepted();
    }

    private Command toClient(AmpsSubscribeCommand command) {
        Command result =
                new Command(command.verb().wireName())
                        .setTopic(command.topic())
                        .setTimeout(options.commandTimeout().toMillis());
        if (command.filter() != null) {
            result.setFilter(command.filter());
        }
        if (!command.options().isEmpty()) {
            result.setOptions(String.join(",", command.options()));
        }
        if (command.bookmark() != null) {
            // The client asks for these by itself, but hands them on only if told to.
            result.setBookmark(command.bookmark()).addAckType(Message.AckType.Persisted);
        }
        if (command.query() != null) {
            addQuery(result, command.query());
        }
        if (command.verb() == AmpsSubscribeCommand.Verb.QUEUE_SUBSCRIBE) {
            // As above: its options are of interest.
            result.addAckType(Message.AckType.Processed);
        }
        if (command.completed()) {
            result.addAckType(Message.AckType.Completed);
        }
        return result;
    }

    private static void addQuery(Command command, AmpsSubscribeCommand.Query query) {
        command.setBatchSize(query.batchSize());
        if (query.orderBy() != null) {
            command.setOrderBy(query.orderBy());
        }
        if (query.topN() != AmpsSubscribeCommand.Query.ALL) {
            command.setTopN(query.topN());
        }
    }

    @Override
    public void acknowledge(String queue, String bookmarks, AmpsAnswerHandler answer) {
        String subject = "the acknowledgement of messages of queue '" + queue + '\'';
        Message command = settlement(queue, bookmarks, subject);
        CommandId id = CommandId.nextIdentifier();
        command.setCommandId(id);
        command.setAckType(Message.AckType.Processed);
        AnswerAdapter adapter = new AnswerAdapter(server, subject, answer, waiting);
        // Executing the command would wait for the answer, which a full buffer holds back.
        client.addMessageHandler(id, adapter, Message.AckType.Processed, false);
        try {
            send(command, subject);
        } catch (AmpsException e) {
            client.removeMessageHandler(id);
            if (adapter.withdraw()) {
                throw e;
            }
            return;
        }
        if (!open && !closed) {
            // Whoever has told the others that the connection is lost may have missed this one.
            adapter.lost(AmpsErrors.lost(server, transport.firstCause()));
        }
    }

    @Override
    public void giveBack(String queue, String bookmarks) {
        String subject = "messages of queue '" + queue + "' that are given back";
        Message command = settlement(queue, bookmarks, subject);
        command.setOptions("cancel");
        send(command, subject);
    }

    private Message settlement(String queue, String bookmarks, String subject) {
        if (!open) {
            throw AmpsErrors.sending(
                    server, subject, new IOException("the connection is not open"));
        }
        try {
            Message command = client.allocateMessage();
            command.setCommand(Message.Command.SOWDelete);
            command.setTopic(queue);
            command.setBookmark(bookmarks);
            return command;
        } catch (AMPSException | RuntimeException e) {
            throw notSent(subject, e);
        }
    }

    private void send(Message command, String subject) {
        try {
            client.send(command);
        } catch (AMPSException | RuntimeException e) {
            throw notSent(subject, e);
        }
    }

    private AmpsException notSent(String subject, Exception thrown) {
        return closed
                ? AmpsErrors.closed(server, thrown)
                : AmpsErrors.sending(server, subject, explain(thrown));
    }

    @Override
    public void beat() {
        if (!open || !hasHeartbeats()) {
            return;
        }
        try {
            Message beat = client.allocateMessage();
            beat.setCommand(Message.Command.Heartbeat);
            beat.setOptions(BEAT);
            client.send(beat);
        } catch (DisconnectedException e) {
            // The reader thread finds that out, too, and tells after all that came before.
            LOG.debug("No beat to {}: {}", server, e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        open = false;
        subscriptions.forEach(SubscriptionAdapter::withdraw);
        waiting.clear();
        transport.closeSocket();
        awaitReader();
    }

    private boolean hasHeartbeats() {
        return !options.heartbeatInterval().isZero();
    }

    private void awaitReader() {
        Thread reader = transport.reader();
        if (reader == null || reader == Thread.currentThread()) {
            return;
        }
        try {
            reader.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readerStarted() {
        transport.readerStarted();
        Thread.currentThread()
                .setName("amps-" + clientName + '@' + server.host() + ':' + server.port());
    }

    private void lost(@Nullable Throwable cause) {
        open = false;
        AmpsException classified = AmpsErrors.lost(server, cause);
        tellAll(subscription -> subscription.end(classified));
        if (!closed) {
            waiting.forEach(answer -> answer.lost(classified));
        }
    }

    private void exceptionReported(Exception reported) {
        boolean ofSocket =
                reported instanceof DisconnectedException
                        || Causes.find(reported, IOException.class) != null;
        if (ofSocket || !transport.isReading() || closed) {
            // If this is a loss, it is told where the reader thread ends.
            LOG.debug("Client '{}' at {}: {}", clientName, server, reported.toString());
            return;
        }
        AmpsException classified = AmpsErrors.unreadable(server, reported);
        unreadable = classified;
        open = false;
        tellAll(subscription -> subscription.end(classified));
        transport.closeSocket();
        // Behind such a frame the client would read garbage, without an end to it.
        client.close();
    }

    private void lastChance(Message message) {
        if (message.getCommand() == Message.Command.Heartbeat) {
            return;
        }
        String text = MessageText.of(message);
        LOG.debug("Client '{}' at {} has no use for: {}", clientName, server, text);
        tellAll(subscription -> subscription.lastChance(text));
    }

    /** No exception may get into the client's reader thread from here: it would go on for ever. */
    private void tellAll(Consumer<SubscriptionAdapter> news) {
        for (SubscriptionAdapter subscription : subscriptions) {
            try {
                news.accept(subscription);
            } catch (RuntimeException e) {
                LOG.error("A subscription of client '{}' at {} failed", clientName, server, e);
            }
        }
    }

    private AmpsException preferUnreadable(AmpsException other) {
        AmpsException first = unreadable;
        return first == null ? other : first;
    }

    /** The client says that the connection is gone, but not why. */
    private Exception explain(Exception thrown) {
        Throwable why = transport.firstCause();
        return thrown instanceof DisconnectedException && why != null
                ? new DisconnectedException(thrown.getMessage(), why)
                : thrown;
    }
}
