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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the source reads, for lineage listeners: one dataset per topic, pattern or stream key, in
 * the namespace {@code redis://host:port} of the first server given.
 */
@Internal
final class RedisStreamsLineage {

    private RedisStreamsLineage() {}

    static SourceLineageVertex of(
            RedisStreamsConnectionOptions connection,
            RedisStreamsSelection selection,
            Boundedness boundedness) {
        String namespace = "redis://" + connection.addresses().get(0);
        List<LineageDataset> datasets =
                names(selection).<LineageDataset>map(name -> new Dataset(name, namespace)).toList();
        return new Vertex(boundedness, datasets);
    }

    private static Stream<String> names(RedisStreamsSelection selection) {
        if (selection instanceof RedisStreamsTopic topic) {
            return Stream.of(topic.name());
        }
        return selection instanceof RedisStreamsPattern pattern
                ? Stream.of(pattern.glob())
                : ((RedisStreamsKeys) selection).keys().stream();
    }

    private record Vertex(Boundedness boundedness, List<LineageDataset> datasets)
            implements SourceLineageVertex {}

    private record Dataset(String name, String namespace) implements LineageDataset {

        @Override
        public Map<String, LineageDatasetFacet> facets() {
            return Map.of();
        }
    }
}
