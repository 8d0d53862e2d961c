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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.client.RedisStreamsException.Kind;

import org.apache.flink.annotation.Internal;

import redis.clients.jedis.exceptions.JedisDataException;

import javax.annotation.Nullable;
import javax.net.ssl.SSLException;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * Decides, in this one place, which errors will pass and which will not, and says what to do about
 * them. Pure.
 */
@Internal
public final class RedisErrors {

    /** What {@link #failure} is told of a failure between connecting and the first command. */
    static final String TLS_HANDSHAKE = "The TLS handshake";

    private RedisErrors() {}

    /** What an error reply means, by its first word. */
    public static Kind kindOfReply(String error) {
        return switch (firstWord(error)) {
            case "LOADING",
                    "MASTERDOWN",
                    "CLUSTERDOWN",
                    "TRYAGAIN",
                    "MOVED",
                    "ASK",
                    "UNBLOCKED",
                    "BUSY",
                    "READONLY",
                    "NOREPLICAS",
                    "OOM",
                    "MISCONF" ->
                    Kind.RETRIABLE;
            case "ERR" ->
                    error.startsWith("ERR max number of clients") ? Kind.RETRIABLE : Kind.FATAL;
            default -> Kind.FATAL;
        };
    }

    /**
     * @param server the node that answered
     * @param command the command it answered, without its arguments, for example {@code XREAD}
     * @param key what the command was about, or null
     * @param error the error reply
     */
    public static RedisStreamsException reply(
            RedisNode server, String command, @Nullable String key, String error) {
        return reply(server, command, key, error, null);
    }

    static RedisStreamsException reply(
            RedisNode server,
            String command,
            @Nullable String key,
            String error,
            @Nullable Throwable cause) {
        return new RedisStreamsException(
                kindOfReply(error),
                "Redis server "
                        + server
                        + " refused "
                        + command
                        + (key == null ? "" : " for key '" + key + "'")
                        + ": "
                        + error
                        + remedyForReply(command, error),
                cause);
    }

    private static String remedyForReply(String command, String error) {
        String remedy =
                switch (firstWord(error)) {
                    case "WRONGTYPE" ->
                            "The key does not hold a stream. Correct the stream keys or pattern of"
                                    + " the source, or the key.";
                    case "WRONGPASS" ->
                            "Check the user and the password, or what the credentials provider"
                                    + " returns.";
                    case "NOAUTH" ->
                            "The server wants a password. Set setPassword or"
                                    + " setCredentialsProvider on the connection options.";
                    case "NOPERM" ->
                            "Grant the user the command and the keys, for example with ACL SETUSER"
                                    + " <user> +"
                                    + aclCommand(command)
                                    + " ~<key pattern>.";
                    case "DENIED" ->
                            "The server is in protected mode. Configure a password and a bind"
                                    + " address on it.";
                    case "CROSSSLOT" ->
                            "The server is part of a cluster. Use"
                                    + " RedisStreamsConnectionOptions.cluster(...).";
                    case "ERR" -> remedyForErr(command, error);
                    default -> "";
                };
        return remedy.isEmpty() ? "" : (error.endsWith(".") ? " " : ". ") + remedy;
    }

    private static String remedyForErr(String command, String error) {
        if (error.startsWith("ERR unknown command") || error.startsWith("ERR Unknown subcommand")) {
            return "The server is too old for it, or has it renamed. Redis 6.2 or later is needed.";
        }
        if (error.startsWith("ERR invalid password") || error.startsWith("ERR Client sent AUTH")) {
            return "Check the password; it must be absent where the server has none.";
        }
        if (error.contains("cluster support disabled")) {
            return "Use RedisStreamsConnectionOptions.standalone(...) for this server.";
        }
        if (error.contains("DB index is out of range")) {
            return "Correct setDatabase, or raise 'databases' on the server.";
        }
        if (error.startsWith("ERR max number of clients")) {
            return "Raise 'maxclients' on the server if this lasts.";
        }
        return "";
    }

    private static String aclCommand(String command) {
        return command.toLowerCase(Locale.ROOT).replace(' ', '|');
    }

    /**
     * @param server the node that was talked to
     * @param doing what was being done, for example {@code XINFO STREAM}, or {@code connecting}
     * @param key what it was about, or null
     */
    public static RedisStreamsException failure(
            RedisNode server, String doing, @Nullable String key, Throwable cause) {
        RedisStreamsException classified = find(cause, RedisStreamsException.class);
        if (classified != null) {
            // The pool wraps what is thrown while it connects.
            return classified;
        }
        if (cause instanceof JedisDataException) {
            return reply(server, doing, key, String.valueOf(cause.getMessage()), cause);
        }
        String subject =
                doing
                        + (key == null ? "" : " for key '" + key + "'")
                        + " failed, Redis server "
                        + server
                        + ": ";
        CertificateException certificate = find(cause, CertificateException.class);
        SSLException tls = find(cause, SSLException.class);
        if (certificate != null || find(cause, CertPathValidatorException.class) != null) {
            return fatal(subject + untrusted(certificate), cause);
        }
        if (tls != null && find(cause, EOFException.class) == null && isRefusal(tls)) {
            return fatal(subject + refusedTls(tls), cause);
        }
        return new RedisStreamsException(
                Kind.RETRIABLE, subject + transientReason(doing, cause), cause);
    }

    private static RedisStreamsException fatal(String message, Throwable cause) {
        return new RedisStreamsException(Kind.FATAL, message, cause);
    }

    private static String untrusted(@Nullable CertificateException certificate) {
        String detail = certificate == null ? "" : String.valueOf(certificate.getMessage());
        if (detail.contains("No subject alternative")
                || detail.contains("No name matching")
                || detail.contains("Illegal given domain name")) {
            return "the server's certificate does not name this host ("
                    + detail
                    + "). Connect by a name that is in the certificate, or have one issued that"
                    + " names this host; setVerifyHostname(false) of RedisStreamsTlsOptions turns"
                    + " the check off.";
        }
        return "the server's certificate is not trusted ("
                + detail
                + "). Give its authority to setTrustStore or setCaFile of RedisStreamsTlsOptions.";
    }

    private static boolean isRefusal(SSLException tls) {
        String message = String.valueOf(tls.getMessage());
        return message.contains("alert") || message.contains("Unsupported or unrecognized SSL");
    }

    private static String refusedTls(SSLException tls) {
        String message = String.valueOf(tls.getMessage());
        if (message.contains("Unsupported or unrecognized SSL")) {
            return "the server does not answer with TLS. Remove setTls, write redis:// instead of"
                    + " rediss://, or use the server's TLS port.";
        }
        return "the server ended the TLS handshake ("
                + message
                + "). If it wants a client certificate, give it one with setKeyStore or"
                + " setCertificate of RedisStreamsTlsOptions.";
    }

    private static String transientReason(String doing, Throwable cause) {
        if (find(cause, UnknownHostException.class) != null) {
            return "the host name is not known. Check it if this lasts.";
        }
        if (find(cause, ConnectException.class) != null) {
            return "nothing accepts connections there. Check that the server runs, and the address.";
        }
        if (find(cause, SocketTimeoutException.class) != null && doing.equals(TLS_HANDSHAKE)) {
            return "no answer in time. If the server does not use TLS, remove setTls, or write"
                    + " redis:// instead of rediss://.";
        }
        if (find(cause, SocketTimeoutException.class) != null) {
            return "no answer in time. If the server is just slow, raise setCommandTimeout or"
                    + " setConnectTimeout of the connection options.";
        }
        if (find(cause, NoSuchElementException.class) != null) {
            return "all connections to this server were busy for too long.";
        }
        return "the connection was lost ("
                + rootMessage(cause)
                + "). If it never comes about, check whether the server wants TLS"
                + " (setTls) or a client certificate (setKeyStore).";
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Nullable
    private static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth++ < 32; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
            for (Throwable suppressed : t.getSuppressed()) {
                if (type.isInstance(suppressed)) {
                    return type.cast(suppressed);
                }
            }
        }
        return null;
    }

    private static String firstWord(String error) {
        int space = error.indexOf(' ');
        return space < 0 ? error : error.substring(0, space);
    }
}
