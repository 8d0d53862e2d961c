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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.source.reader.AmpsMalformedPolicy;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

import java.util.List;
import java.util.Map;

/**
 * What a builder was told, for those who check it and make a source of it. What it was not told is
 * null or at its default. Not thread-safe.
 *
 * @param <T> the type of the records
 */
@Internal
final class SourceDescription<T> {

    /** Stands for no limit to the number of records. */
    static final int ALL = AmpsSubscribeCommand.Query.ALL;

    final Configuration options = new Configuration();
    AmpsConnectionOptions connection;
    AmpsTopicSelection selection;
    AmpsSharding sharding = AmpsSharding.NONE;
    AmpsSubscriptionKind kind = AmpsSubscriptionKind.BOOKMARK_REPLAY;
    AmpsStartPosition start;
    AmpsStopPosition stop = AmpsStopPosition.never();
    AmpsDeserializationSchema<T> deserializer;
    Map<String, AmpsStartPosition> positionOverrides = Map.of();
    String filter;
    List<String> subscribeOptions = List.of();
    List<String> selectedFields = List.of();
    String orderBy;
    int topN = ALL;
    boolean outOfFocus;
    boolean trackKeys;
    boolean deltas;
    boolean deltaGapsAccepted;
    AmpsMalformedPolicy<T> malformedPolicy = AmpsMalformedPolicy.fail();

    /** Whether the user has set this option of the server. */
    boolean has(String serverOption) {
        return subscribeOptions.stream().map(SubscribeOptions::name).anyMatch(serverOption::equals);
    }
}
