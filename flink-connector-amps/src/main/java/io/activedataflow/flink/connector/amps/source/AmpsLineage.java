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
import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the source reads, for lineage listeners: one dataset per topic or regular expression, in the
 * namespace {@code amps://host:port} of the first server given.
 */
@Internal
final class AmpsLineage {

    private AmpsLineage() {}

    static SourceLineageVertex of(
            AmpsConnectionOptions connection,
            AmpsTopicSelection selection,
            Boundedness boundedness) {
        String namespace = namespace(connection.servers().get(0));
        List<LineageDataset> datasets =
                names(selection).<LineageDataset>map(name -> new Dataset(name, namespace)).toList();
        return new Vertex(boundedness, datasets);
    }

    private static String namespace(AmpsServerUri server) {
        String host = server.host().indexOf(':') < 0 ? server.host() : '[' + server.host() + ']';
        return "amps://" + host + ':' + server.port();
    }

    private static Stream<String> names(AmpsTopicSelection selection) {
        if (selection instanceof AmpsTopics topics) {
            return topics.names().stream();
        }
        return Stream.of(
                selection instanceof AmpsTopicPattern pattern
                        ? pattern.regex()
                        : ((AmpsDiscoveredTopics) selection).regex());
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
