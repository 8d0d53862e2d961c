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

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;
import io.activedataflow.flink.connector.amps.client.FirstAnswer.StrangeAnswerException;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.exception.DisconnectedException;
import com.crankuptheamps.client.exception.InvalidURIException;
import com.crankuptheamps.client.exception.ProtocolException;
import com.crankuptheamps.client.exception.TimedOutException;
import com.crankuptheamps.client.exception.TransportTypeException;

import javax.annotation.Nullable;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/**
 * Decides, in this one place, which errors will pass and which will not, and says what to do about
 * them. Pure.
 */
@Internal
final class AmpsErrors {

    private static final String BOOKMARK_NOT_FOUND = "bookmark_not_found=fail";

    private AmpsErrors() {}

    /** The connection could not be made. */
    static AmpsException connecting(AmpsServerUri server, Throwable cause) {
        AmpsException classified = Causes.find(cause, AmpsException.class);
        if (classified != null) {
            return classified;
        }
        String subject = "Connecting to AMPS server " + server + " failed: ";
        String tls = TlsErrors.fatalReason(cause);
        if (tls != null) {
            return fatal(subject + tls, cause);
        }
        if (Causes.find(cause, InvalidURIException.class) != null
                || Causes.find(cause, TransportTypeException.class) != null
                || Causes.find(cause, ProtocolException.class) != null) {
            return fatal(
                    subject
                            + Causes.rootMessage(cause)
                            + ". Correct the URI; its parameters are those of the AMPS client.",
                    cause);
        }
        return retriable(subject + transientReason(server, cause), cause);
    }

    /**
     * The server does not let this client in, or does not answer.
     *
     * @param user the user that was to be logged on, or null
     */
    static AmpsException loggingOn(
            AmpsServerUri server, String clientName, @Nullable String user, Throwable cause) {
        String who =
                "client '" + clientName + '\'' + (user == null ? "" : ", user '" + user + '\'');
        RefusalReason reason = RefusalReason.of(cause);
        if (reason != null) {
            return new AmpsException(
                    reason.kind(),
                    "AMPS server "
                            + server
                            + " refused the logon of "
                            + who
                            + ", message type '"
                            + server.messageType()
                            + "': "
                            + reason.text()
                            + ". "
                            + reason.remedy(),
                    cause);
        }
        String subject = "The logon of " + who + " to AMPS server " + server + " failed: ";
        String tls = TlsErrors.fatalReason(cause);
        return tls != null
                ? fatal(subject + tls, cause)
                : retriable(subject + missingAnswer(server, cause), cause);
    }

    /** The user's authenticator has thrown. */
    static AmpsException authenticating(AmpsServerUri server, Throwable cause) {
        return fatal(
                "The authenticator for AMPS server "
                        + server
                        + " failed: "
                        + cause
                        + ". Check what it needs on this machine.",
                cause);
    }

    /** A subscription was refused, or there was no answer. */
    static AmpsException subscribing(
            AmpsServerUri server, AmpsSubscribeCommand command, Throwable cause) {
        RefusalReason reason = RefusalReason.of(cause);
        return reason != null
                ? refused(server, command, reason, cause)
                : retriable(
                        "The subscription to "
                                + describe(command)
                                + " at AMPS server "
                                + server
                                + " failed: "
                                + missingAnswer(server, cause),
                        cause);
    }

    /** The server has ended a subscription that it had accepted. */
    static AmpsException ended(AmpsServerUri server, AmpsSubscribeCommand command, String reason) {
        return refused(server, command, RefusalReason.of(reason), null);
    }

    /**
     * The server has not carried out another command.
     *
     * @param subject what was asked for
     */
    static AmpsException refusing(AmpsServerUri server, String subject, String reason) {
        RefusalReason known = RefusalReason.of(reason);
        return new AmpsException(
                known.kind(),
                "AMPS server "
                        + server
                        + " refused "
                        + subject
                        + ": "
                        + known.text()
                        + ". "
                        + known.remedy(),
                null);
    }

    /** A command that needs no answer could not be sent. */
    static AmpsException sending(AmpsServerUri server, String subject, Throwable cause) {
        return retriable(
                "Sending "
                        + subject
                        + " to AMPS server "
                        + server
                        + " failed: "
                        + Causes.rootMessage(cause)
                        + '.',
                cause);
    }

    private static AmpsException refused(
            AmpsServerUri server,
            AmpsSubscribeCommand command,
            RefusalReason reason,
            @Nullable Throwable cause) {
        boolean unknownBookmark =
                command.bookmark() != null
                        && command.options().contains(BOOKMARK_NOT_FOUND)
                        && reason.mayMeanUnknownBookmark();
        return new AmpsException(
                unknownBookmark ? Kind.BOOKMARK_NOT_FOUND : reason.kind(),
                "AMPS server "
                        + server
                        + " refused the subscription to "
                        + describe(command)
                        + ": "
                        + reason.text()
                        + ". "
                        + (unknownBookmark
                                ? "Its transaction log may not have this position any more."
                                : reason.remedy()),
                cause);
    }

    /** The connection has broken. */
    static AmpsException lost(AmpsServerUri server, @Nullable Throwable cause) {
        String subject = "The connection to AMPS server " + server + " was lost: ";
        String tls = TlsErrors.fatalReason(cause);
        if (tls != null) {
            return fatal(subject + tls, cause);
        }
        return retriable(
                subject
                        + (cause == null ? "it was closed" : Causes.rootMessage(cause))
                        + ". If this happens again and again, see the server's log; a server closes"
                        + " connections of another client of the same name, and of clients without"
                        + " heartbeats.",
                cause);
    }

    /** Something has arrived that the client could not read; what it was is lost. */
    static AmpsException unreadable(AmpsServerUri server, Throwable cause) {
        return fatal(
                "The AMPS client could not read what server "
                        + server
                        + " has sent ("
                        + Causes.rootMessage(cause)
                        + "), so that a message may be missing. Check that the version of the"
                        + " client fits that of the server.",
                cause);
    }

    /** A handler has thrown; the message that it was given is lost. */
    static AmpsException handlerFailed(
            AmpsServerUri server, AmpsSubscribeCommand command, Throwable cause) {
        return fatal(
                "A message of "
                        + describe(command)
                        + " from AMPS server "
                        + server
                        + " could not be taken: "
                        + cause,
                cause);
    }

    /** The caller itself has closed the connection. */
    static AmpsException closed(AmpsServerUri server, @Nullable Throwable cause) {
        return retriable(
                "The connection to AMPS server "
                        + server
                        + " was closed while it was in use, because the task ends.",
                cause);
    }

    private static String describe(AmpsSubscribeCommand command) {
        return "topic '"
                + command.topic()
                + '\''
                + (command.filter() == null ? "" : ", filter '" + command.filter() + '\'')
                + (command.bookmark() == null
                        ? ""
                        : ", from bookmark '" + command.bookmark() + '\'')
                + (command.options().isEmpty() ? "" : ", options " + command.options());
    }

    private static String transientReason(AmpsServerUri server, Throwable cause) {
        if (Causes.find(cause, UnknownHostException.class) != null) {
            return "the host name is not known. Check it if this lasts.";
        }
        if (Causes.find(cause, ConnectException.class) != null) {
            return "nothing accepts connections there. Check that the server runs, and the address.";
        }
        SocketTimeoutException timeout = Causes.find(cause, SocketTimeoutException.class);
        if (timeout != null && !String.valueOf(timeout.getMessage()).contains("onnect timed out")) {
            return "it accepts connections but does not answer in time. "
                    + (server.tls()
                            ? "If the port does not use TLS, write tcp in place of tcps."
                            : "Check the port.");
        }
        if (timeout != null) {
            return "no answer in time. If the server is just far away, raise setConnectTimeout.";
        }
        return "the connection was lost ("
                + Causes.rootMessage(cause)
                + "). If it never comes about, check whether this port uses TLS (tcps) or wants a"
                + " client certificate (setKeyStore of AmpsTlsOptions).";
    }

    private static String missingAnswer(AmpsServerUri server, Throwable cause) {
        StrangeAnswerException strange = Causes.find(cause, StrangeAnswerException.class);
        if (strange != null) {
            return "it does not speak AMPS ("
                    + strange.getMessage()
                    + "). Check the port"
                    + (server.tls() ? "." : ", and whether it wants TLS (tcps in place of tcp).");
        }
        if (Causes.find(cause, TimedOutException.class) != null) {
            return "no answer in time. If the server is just slow, raise setCommandTimeout; if it"
                    + " never answers, check the port"
                    + (server.tls() ? "." : ", and whether it wants TLS (tcps in place of tcp).");
        }
        if (Causes.find(cause, DisconnectedException.class) != null) {
            return "the server has closed the connection ("
                    + Causes.rootMessage(cause)
                    + "). If this lasts, see the server's log"
                    + (server.tls()
                            ? ", and check whether it wants a client certificate (setKeyStore of"
                                    + " AmpsTlsOptions)."
                            : ", and check whether it wants TLS (tcps).");
        }
        return String.valueOf(cause);
    }

    private static AmpsException fatal(String message, Throwable cause) {
        return new AmpsException(Kind.FATAL, message, cause);
    }

    private static AmpsException retriable(String message, @Nullable Throwable cause) {
        return new AmpsException(Kind.RETRIABLE, message, cause);
    }
}
