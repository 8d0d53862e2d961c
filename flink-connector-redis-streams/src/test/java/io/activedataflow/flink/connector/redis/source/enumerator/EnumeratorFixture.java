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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClientFactory;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStartPosition;
import io.activedataflow.flink.connector.redis.source.RedisStreamsStopPosition;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** An enumerator to be, with everything around it. */
final class EnumeratorFixture {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    final FakeRedisStreamsClient redis = FakeRedisStreamsClient.modern();
    final ManualPause pause = new ManualPause();
    FakeCoordinator coordinator = new FakeCoordinator(2);

    RedisStreamsSelection selection = RedisStreamsSelection.pattern("*");
    RedisStreamsStartPosition start = RedisStreamsStartPosition.earliest();
    RedisStreamsStopPosition stop = RedisStreamsStopPosition.never();
    Map<String, StreamEntryId> overrides = Map.of();
    Supplier<RedisStreamsClient> connect = () -> redis;

    EnumeratorFixture bounded() {
        stop = RedisStreamsStopPosition.latest();
        return this;
    }

    RedisStreamsSourceEnumerator create(RedisStreamsEnumState restored) {
        return new RedisStreamsSourceEnumerator(
                coordinator,
                new RedisStreamsEnumeratorSettings(
                        selection,
                        start,
                        stop,
                        null,
                        overrides,
                        INTERVAL,
                        new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(1), 0.0),
                        Duration.ofSeconds(30)),
                new NamedFactory(),
                restored,
                pause);
    }

    RedisStreamsSourceEnumerator started() {
        RedisStreamsSourceEnumerator enumerator = create(null);
        enumerator.start();
        return enumerator;
    }

    /** The enumerator of a job that goes on from this state with another coordinator. */
    RedisStreamsSourceEnumerator restored(RedisStreamsEnumState state, int parallelism) {
        coordinator = new FakeCoordinator(parallelism);
        RedisStreamsSourceEnumerator enumerator = create(state);
        enumerator.start();
        return enumerator;
    }

    /** The time of the next periodic round comes, and it runs. */
    void nextRound() {
        pause.advance(INTERVAL.toMillis());
        coordinator.runPeriodic();
    }

    private final class NamedFactory implements RedisStreamsClientFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public RedisStreamsClient create() {
            return connect.get();
        }

        @Override
        public String toString() {
            return "redis.example:6379";
        }
    }
}
