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

import io.activedataflow.flink.connector.amps.client.AmpsException.Kind;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.exception.AuthenticationException;
import com.crankuptheamps.client.exception.BadFilterException;
import com.crankuptheamps.client.exception.BadRegexTopicException;
import com.crankuptheamps.client.exception.CommandException;
import com.crankuptheamps.client.exception.DuplicateLogonException;
import com.crankuptheamps.client.exception.InvalidBookmarkException;
import com.crankuptheamps.client.exception.InvalidMessageTypeException;
import com.crankuptheamps.client.exception.InvalidOptionsException;
import com.crankuptheamps.client.exception.InvalidOrderByException;
import com.crankuptheamps.client.exception.InvalidSubIdException;
import com.crankuptheamps.client.exception.InvalidTopicException;
import com.crankuptheamps.client.exception.LogonRequiredException;
import com.crankuptheamps.client.exception.NameInUseException;
import com.crankuptheamps.client.exception.NotEntitledException;
import com.crankuptheamps.client.exception.ReplayFailedException;
import com.crankuptheamps.client.exception.SubidInUseException;
import com.crankuptheamps.client.exception.SubscriptionAlreadyExistsException;

import javax.annotation.Nullable;

import java.util.List;

/**
 * Why a server has refused a command: the text of its acknowledgement, whether it will pass, and
 * the remedy. The texts are those of the AMPS client's {@code Message.Reason}.
 *
 * @param text as the server says it
 * @param kind {@link Kind#FATAL} for a text that is not known: it is an answer, not the lack of one
 * @param remedy a sentence, or empty
 */
@Internal
record RefusalReason(String text, Kind kind, String remedy) {

    private static final String PREFIX_OF_OTHERS = "Error from server: ";

    /** The exceptions that stand for a reason; the client's own messages often lack it. */
    private static final List<Known> KNOWN =
            List.of(
                    new Known(BadFilterException.class, "bad filter"),
                    new Known(BadRegexTopicException.class, "bad regex topic"),
                    new Known(InvalidTopicException.class, "invalid topic"),
                    new Known(NotEntitledException.class, "not entitled"),
                    new Known(AuthenticationException.class, "auth failure"),
                    new Known(NameInUseException.class, "name in use"),
                    new Known(InvalidBookmarkException.class, "invalid bookmark"),
                    new Known(ReplayFailedException.class, "txn replay failed"),
                    new Known(InvalidOptionsException.class, "invalid options"),
                    new Known(InvalidMessageTypeException.class, "invalid message type"),
                    new Known(InvalidOrderByException.class, "invalid orderby"),
                    new Known(InvalidSubIdException.class, "invalid subId"),
                    new Known(SubidInUseException.class, "subid in use"),
                    new Known(
                            SubscriptionAlreadyExistsException.class,
                            "subscription already exists"),
                    new Known(DuplicateLogonException.class, "duplicate logon attempt"),
                    new Known(LogonRequiredException.class, "logon required"));

    private record Known(Class<? extends Exception> exception, String text) {}

    /** What the exception stands for, or null if it is not about a refusal by the server. */
    @Nullable
    static RefusalReason of(Throwable thrown) {
        for (Known known : KNOWN) {
            if (Causes.find(thrown, known.exception()) != null) {
                return of(known.text());
            }
        }
        CommandException other = Causes.find(thrown, CommandException.class);
        if (other == null) {
            return null;
        }
        String message = String.valueOf(other.getMessage());
        return of(
                message.startsWith(PREFIX_OF_OTHERS)
                        ? message.substring(PREFIX_OF_OTHERS.length())
                        : message);
    }

    static RefusalReason of(String text) {
        return switch (text) {
            case "bad filter" -> fatal(text, "Correct the content filter.");
            case "bad regex topic" ->
                    fatal(text, "Correct the regular expression that selects the topics.");
            case "regex topic not supported" -> fatal(text, "Name the topics one by one.");
            case "invalid topic", "invalid topic or filter", "no topic", "no topic or filter" ->
                    fatal(
                            text,
                            "Check that the server knows the topic, that it keeps it in its"
                                    + " transaction log if it is to be replayed, or in its state of"
                                    + " the world (SOW) if that is to be read, and the filter.");
            case "invalid orderby", "orderby too large" -> fatal(text, "Correct setOrderBy.");
            case "not entitled" ->
                    fatal(text, "Grant the user this right, or connect as another user.");
            case "auth failure", "authentication disabled", "logon failed" ->
                    fatal(
                            text,
                            "Check the user and the password, or what the credentials provider or"
                                    + " the authenticator returns.");
            case "invalid message type" ->
                    fatal(
                            text,
                            "Use a message type in the URI (/amps/<type>) that this transport of"
                                    + " the server accepts.");
            case "invalid options", "not supported" ->
                    fatal(text, "Check the options against the version of the server.");
            case "invalid bookmark" ->
                    fatal(text, "Check the start or stop position, and that the topic is logged.");
            case "name in use" ->
                    retriable(
                            text,
                            "Another connection has this name. If it lasts, give each source its"
                                    + " own setClientNamePrefix.");
            case "subid in use",
                    "subscription already exists",
                    "sow store failed",
                    "tx store failure",
                    "txn replay failed",
                    "sow canceled" ->
                    retriable(text, "If it lasts, see the server's log.");
            default -> fatal(text, "See the server's log.");
        };
    }

    /**
     * Whether this may be how a server says that it has none of the bookmarks. No document says
     * which text that is, so that every text counts that does not clearly mean something else.
     */
    boolean mayMeanUnknownBookmark() {
        return switch (text) {
            case "bad filter",
                    "bad regex topic",
                    "regex topic not supported",
                    "invalid topic",
                    "invalid topic or filter",
                    "no topic",
                    "no topic or filter",
                    "not entitled",
                    "auth failure",
                    "authentication disabled",
                    "logon failed",
                    "logon required",
                    "invalid message type",
                    "invalid options",
                    "not supported",
                    "name in use",
                    "invalid subId",
                    "subid in use",
                    "subscription already exists",
                    "invalid orderby",
                    "orderby too large",
                    "parse error",
                    "rejected by transport filter",
                    "sow store failed",
                    "tx store failure",
                    "sow canceled" ->
                    false;
            default -> true;
        };
    }

    private static RefusalReason fatal(String text, String remedy) {
        return new RefusalReason(text, Kind.FATAL, remedy);
    }

    private static RefusalReason retriable(String text, String remedy) {
        return new RefusalReason(text, Kind.RETRIABLE, remedy);
    }
}
