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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What the source reads, for lineage listeners: one dataset per directory or file to start from, in
 * the namespace {@code scheme://host} of its file system.
 */
@Internal
final class RecordFileLineage {

    private RecordFileLineage() {}

    static SourceLineageVertex of(RecordFileSelection selection, Boundedness boundedness) {
        List<LineageDataset> datasets =
                selection.basePaths().stream().map(RecordFileLineage::dataset).toList();
        return new Vertex(boundedness, datasets);
    }

    private static LineageDataset dataset(Path base) {
        URI uri = base.toUri();
        String scheme = uri.getScheme() == null ? "file" : uri.getScheme();
        String host = uri.getHost() == null ? "" : uri.getHost();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new Dataset(uri.getPath(), scheme + "://" + host + port);
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
