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

package io.activedataflow.flink.connector.redis.testutils;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The commands of Redis that tests need, over one connection, close to the wire: any bytes, any
 * command. Error replies are {@code JedisDataException}s. Not thread-safe.
 *
 * <p>Words of a command may be {@code byte[]}, or anything else by its text in UTF-8.
 */
public final class RedisCommands implements AutoCloseable {

    private final Connection connection;
    private final RememberingSocketFactory sockets;

    private RedisCommands(Connection connection, RememberingSocketFactory sockets) {
        this.connection = connection;
        this.sockets = sockets;
    }

    /** Connects without credentials or TLS. */
    public static RedisCommands connect(String host, int port) {
        return connect(host, port, ClientConfigs.of(null, null, null));
    }

    /**
     * Connects as configured; RESP2 is assumed by the methods that interpret replies. A handshake
     * of TLS takes place with the first command, be it the login.
     */
    public static RedisCommands connect(String host, int port, JedisClientConfig config) {
        RememberingSocketFactory sockets =
                new RememberingSocketFactory(new HostAndPort(host, port), config);
        Connection connection = new Connection(sockets, config);
        try {
            connection.connect();
            return new RedisCommands(connection, sockets);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Runs any command; replies are {@code byte[]}, {@code Long}, {@code List} or null. */
    public Object call(Object... words) {
        CommandArguments arguments = new CommandArguments(command(bytes(words[0])));
        for (int i = 1; i < words.length; i++) {
            arguments.add(bytes(words[i]));
        }
        return connection.executeCommand(arguments);
    }

    /** Runs a command whose reply is a status or a value, as text in UTF-8. */
    public String text(Object... words) {
        return asText(call(words));
    }

    /** Runs a command whose reply is an integer. */
    public long integer(Object... words) {
        return (Long) call(words);
    }

    /** Runs a command whose reply is a list. */
    @SuppressWarnings("unchecked")
    public List<Object> list(Object... words) {
        return (List<Object>) call(words);
    }

    /** Runs a command whose reply lists names and values: texts in UTF-8, {@code Long}s, lists. */
    public Map<String, Object> map(Object... words) {
        return asMap(list(words));
    }

    public String ping() {
        return text("PING");
    }

    /**
     * Adds one entry.
     *
     * @param id an ID, or {@code *}
     * @param fieldsAndValues field, value, field, value, ...
     */
    public StreamEntryId xadd(String key, String id, Object... fieldsAndValues) {
        Object[] words = new Object[3 + fieldsAndValues.length];
        words[0] = "XADD";
        words[1] = key;
        words[2] = id;
        System.arraycopy(fieldsAndValues, 0, words, 3, fieldsAndValues.length);
        return StreamEntryId.parse(text(words));
    }

    /**
     * Adds many entries with IDs of the server's, fast, each with the single field {@code v}.
     *
     * @param payload the value of entry 0, 1, 2, ...
     * @return the ID of the last one
     */
    public StreamEntryId fill(String key, long count, LongFunction<byte[]> payload) {
        byte[] field = {'v'};
        return fillFields(key, count, n -> new byte[][] {field, payload.apply(n)});
    }

    /**
     * Adds many entries with IDs of the server's, fast.
     *
     * @param fieldsAndValues the fields and values, alternating, of entry 0, 1, 2, ...
     * @return the ID of the last one
     */
    public StreamEntryId fillFields(
            String key, long count, LongFunction<byte[][]> fieldsAndValues) {
        return new StreamFiller(connection, sockets.outputStream(), bytes(key))
                .fill(count, fieldsAndValues);
    }

    public long xlen(String key) {
        return integer("XLEN", key);
    }

    /** The IDs of all entries, in order. */
    public List<StreamEntryId> ids(String key) {
        List<StreamEntryId> ids = new ArrayList<>();
        for (Object entry : list("XRANGE", key, "-", "+")) {
            ids.add(StreamEntryId.parse(asText(((List<?>) entry).get(0))));
        }
        return ids;
    }

    /** Keeps exactly this many of the newest entries; returns how many went. */
    public long xtrimMaxLen(String key, long length) {
        return integer("XTRIM", key, "MAXLEN", "=", length);
    }

    /** Removes exactly the entries before this ID; returns how many went. */
    public long xtrimMinId(String key, StreamEntryId id) {
        return integer("XTRIM", key, "MINID", "=", id);
    }

    public long xdel(String key, StreamEntryId... ids) {
        return integer(words(List.of("XDEL", key), (Object[]) ids));
    }

    public long del(String... keys) {
        return integer(words(List.of("DEL"), (Object[]) keys));
    }

    public void flushDb() {
        text("FLUSHDB");
    }

    public void xsetid(String key, StreamEntryId id) {
        text("XSETID", key, id);
    }

    /** The reply of {@code XINFO STREAM} by name. */
    public Map<String, Object> xinfoStream(String key) {
        return map("XINFO", "STREAM", key);
    }

    /** The reply of {@code XINFO GROUPS}, a map per group. */
    public List<Map<String, Object>> xinfoGroups(String key) {
        return list("XINFO", "GROUPS", key).stream().map(group -> asMap((List<?>) group)).toList();
    }

    /** Creates the group at the ID ({@code 0-0}, {@code $}, ...), and the stream if need be. */
    public void xgroupCreate(String key, String group, String id) {
        text("XGROUP", "CREATE", key, group, id, "MKSTREAM");
    }

    /** Whether there was such a group. */
    public boolean xgroupDestroy(String key, String group) {
        return integer("XGROUP", "DESTROY", key, group) == 1L;
    }

    public void configSet(String name, String value) {
        text("CONFIG", "SET", name, value);
    }

    /** Cuts the connections of all ordinary clients but this one; returns how many. */
    public long clientKillNormal() {
        return integer("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }

    public void aclSetUser(String name, String... rules) {
        text(words(List.of("ACL", "SETUSER", name), (Object[]) rules));
    }

    /** A section of {@code INFO}, by name. */
    public Map<String, String> info(String section) {
        Map<String, String> info = new LinkedHashMap<>();
        text("INFO", section)
                .lines()
                .filter(line -> line.indexOf(':') > 0)
                .forEach(
                        line ->
                                info.put(
                                        line.substring(0, line.indexOf(':')),
                                        line.substring(line.indexOf(':') + 1)));
        return info;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (JedisConnectionException e) {
            // A request was still to be sent over a broken connection; its caller knows.
        }
    }

    private static Map<String, Object> asMap(List<?> reply) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            Object value = reply.get(i + 1);
            map.put(asText(reply.get(i)), value instanceof byte[] ? asText(value) : value);
        }
        return map;
    }

    private static String asText(Object reply) {
        return reply == null ? null : new String((byte[]) reply, StandardCharsets.UTF_8);
    }

    private static Object[] words(List<Object> first, Object... rest) {
        List<Object> words = new ArrayList<>(first);
        words.addAll(List.of(rest));
        return words.toArray();
    }

    private static ProtocolCommand command(byte[] name) {
        return () -> name;
    }

    private static byte[] bytes(Object word) {
        return word instanceof byte[] raw ? raw : word.toString().getBytes(StandardCharsets.UTF_8);
    }
}
