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

package io.activedataflow.flink.connector.e2e.pipeline;

import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Adds parts to the streams of Redis. A script looks for the last number that a stream has and adds
 * what comes behind it, in one step, so that it does not matter whether an earlier attempt that was
 * never answered has come through, or will yet.
 */
public final class RedisFeeder implements PartWriter {

    private static final int PORTION = 40;

    /** The number has to be the first field. */
    private static final String ADD_MISSING =
            """
            local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
            local next = 0
            if newest[1] then
                next = tonumber(newest[1][2][2]) + 1
            end
            local first = tonumber(ARGV[1])
            local words = tonumber(ARGV[2])
            if next < first then
                return redis.error_reply('LOST ' .. KEYS[1] .. ' has no number ' .. first - 1
                    .. ' any more, its next one is ' .. next)
            end
            for at = 2 + (next - first) * words, #ARGV - 1, words do
                local entry = {}
                for word = 1, words do
                    entry[word] = ARGV[at + word]
                end
                redis.call('XADD', KEYS[1], '*', unpack(entry))
            end
            return next
            """;

    private final Supplier<RedisCommands> server;
    private final OrderBook book;
    private RedisCommands connection;

    /**
     * @param server connects and logs in, to the server itself and not through what the job uses
     */
    public RedisFeeder(Supplier<RedisCommands> server, OrderBook book) {
        this.server = server;
        this.book = book;
    }

    @Override
    public Origin origin() {
        return Origin.REDIS;
    }

    @Override
    public int portion() {
        return PORTION;
    }

    @Override
    public void write(long from, long to) {
        try {
            if (connection == null) {
                connection = server.get();
            }
            for (int partition = 0; partition < RedisInput.PARTITIONS; partition++) {
                write(partition, from, to);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void write(int partition, long from, long to) {
        long first = from + Math.floorMod(partition - from, RedisInput.PARTITIONS);
        if (first >= to) {
            return;
        }
        List<Object> words = new ArrayList<>(List.of("EVAL", ADD_MISSING, 1));
        words.add(Origin.stream(partition));
        words.add(Origin.REDIS.number(first));
        words.add(fieldsAndValues(first).size());
        for (long order = first; order < to; order += RedisInput.PARTITIONS) {
            words.addAll(fieldsAndValues(order));
        }
        connection.call(words.toArray());
    }

    private List<Object> fieldsAndValues(long order) {
        OrderPart part = book.part(Origin.REDIS, order);
        return List.of(
                "number",
                part.number(),
                "source",
                part.source(),
                "split",
                part.split(),
                "order",
                part.order(),
                "customer",
                part.customer(),
                "amount",
                part.amount(),
                "time",
                part.time());
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
