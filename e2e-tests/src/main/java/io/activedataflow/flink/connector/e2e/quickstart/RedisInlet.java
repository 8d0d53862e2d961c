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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A Redis server that syncs every write to disk, and is killed and started again. */
final class RedisInlet implements Inlet {

    static final String NAME = RedisOrderSource.NAME;

    private static final int OUTAGE_SECONDS = 2;

    private final RedisProcess redis =
            RedisProcess.builder(RedisServerBinary.embedded())
                    .appendOnlyAlways()
                    .config("auto-aof-rewrite-percentage", "0")
                    .build();
    private final RedisOrders orders = new RedisOrders(redis);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String plan(String orders) {
        return "A Redis server starts, "
                + redis.binary()
                + ", which syncs every write to disk.\n"
                + orders
                + " orders are written to its streams "
                + Orders.streamOf(0)
                + " to "
                + Orders.streamOf(Orders.PARTITIONS - 1)
                + '.';
    }

    @Override
    public String plannedFault() {
        return "Redis is killed";
    }

    @Override
    public void start() {
        redis.start();
    }

    @Override
    public Map<String, String> addresses() {
        return Map.of("Redis", redis.address());
    }

    @Override
    public OrderWriter writer() {
        return orders;
    }

    @Override
    public DataStream<Long> read(StreamExecutionEnvironment env) {
        return RedisOrderSource.read(
                env, RedisStreamsConnectionOptions.standalone(redis.host(), redis.port()).build());
    }

    @Override
    public void breakServer(Consumer<String> fault, Consumer<String> back) throws Exception {
        redis.kill9();
        fault.accept("Redis is killed with kill -9; it is started again 2 seconds later.");
        CompletableFuture.runAsync(
                        redis::start,
                        CompletableFuture.delayedExecutor(OUTAGE_SECONDS, TimeUnit.SECONDS))
                .get();
        back.accept("Redis is back, with what it had on disk.");
    }

    @Override
    public boolean isReadAgain() {
        return redis.isRunning();
    }

    @Override
    public String survival() {
        return "the source has connected again; the job has not been restarted.";
    }

    @Override
    public OrderCounts stored() {
        return WrittenOrders.read(redis);
    }

    @Override
    public String storedWhere() {
        return "in Redis, read back with XRANGE";
    }

    /** How to add an order that the job has not seen yet. */
    String commandToAdd(long order) {
        return "redis-cli -p "
                + redis.port()
                + " XADD "
                + Orders.streamOf(0)
                + " '*' "
                + Orders.FIELD
                + ' '
                + order;
    }

    @Override
    public void close() {
        redis.close();
    }
}
