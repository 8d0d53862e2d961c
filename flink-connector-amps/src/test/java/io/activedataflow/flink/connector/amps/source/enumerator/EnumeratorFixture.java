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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;
import io.activedataflow.flink.connector.amps.client.ExponentialBackoff;
import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsStartPosition;
import io.activedataflow.flink.connector.amps.source.AmpsStopPosition;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;

import java.time.Duration;
import java.util.Map;

/** An enumerator to be, with everything around it. */
final class EnumeratorFixture {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    final FakeServers amps = new FakeServers();
    final ManualPause pause = new ManualPause();
    FakeCoordinator coordinator = new FakeCoordinator(2);

    AmpsTopicSelection selection = discovered(".*");
    AmpsSharding sharding = AmpsSharding.NONE;
    String filter;
    AmpsSubscriptionKind kind = AmpsSubscriptionKind.BOOKMARK_REPLAY;
    AmpsStartPosition start = AmpsStartPosition.earliest();
    AmpsStopPosition stop = AmpsStopPosition.never();
    Map<String, String> overrides = Map.of();

    static AmpsTopicSelection discovered(String regex) {
        return AmpsTopicSelection.discovered(
                regex, AmpsAdminOptions.urls("http://admin.example:8085").build());
    }

    EnumeratorFixture bounded() {
        stop = AmpsStopPosition.latestAtStart();
        return this;
    }

    AmpsSourceEnumerator create(AmpsEnumState restored) {
        return new AmpsSourceEnumerator(
                coordinator,
                new AmpsEnumeratorSettings(
                        selection,
                        sharding,
                        filter,
                        kind,
                        start,
                        stop,
                        overrides,
                        INTERVAL,
                        "job",
                        Duration.ofSeconds(5),
                        new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(1), 0.0),
                        Duration.ofSeconds(30)),
                amps,
                amps,
                amps,
                restored,
                pause);
    }

    AmpsSourceEnumerator started() {
        AmpsSourceEnumerator enumerator = create(null);
        enumerator.start();
        return enumerator;
    }

    /** The enumerator of a job that goes on from this state with another coordinator. */
    AmpsSourceEnumerator restored(AmpsEnumState state, int parallelism) {
        coordinator = new FakeCoordinator(parallelism);
        AmpsSourceEnumerator enumerator = create(state);
        enumerator.start();
        return enumerator;
    }

    /** The time of the next periodic round comes, and it runs. */
    void nextRound() {
        pause.advance(INTERVAL.toMillis());
        coordinator.runPeriodic();
    }
}
