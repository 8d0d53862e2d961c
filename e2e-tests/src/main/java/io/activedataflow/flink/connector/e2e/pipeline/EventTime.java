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

import org.apache.flink.api.common.eventtime.WatermarkStrategy;

import java.time.Duration;
import java.util.Optional;

/**
 * How the sources keep time.
 *
 * @param disorder how much earlier a part may be than one that was read before it
 * @param idleness after which time without parts a split is not waited for
 * @param alignment the group of sources that wait for each other, if they are to
 * @param maxDrift how far a source may be ahead of the others in that group
 */
record EventTime(
        Duration disorder, Duration idleness, Optional<String> alignment, Duration maxDrift) {

    private static final Duration ALIGNMENT_UPDATE = Duration.ofMillis(200);

    WatermarkStrategy<OrderPart> watermarks() {
        WatermarkStrategy<OrderPart> strategy =
                WatermarkStrategy.<OrderPart>forBoundedOutOfOrderness(disorder)
                        .withTimestampAssigner((part, ofRecord) -> part.time())
                        .withIdleness(idleness);
        return alignment
                .map(group -> strategy.withWatermarkAlignment(group, maxDrift, ALIGNMENT_UPDATE))
                .orElse(strategy);
    }
}
