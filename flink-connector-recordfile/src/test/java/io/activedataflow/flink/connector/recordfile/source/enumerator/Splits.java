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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitIds;

import org.apache.flink.core.fs.Path;

import java.util.Collection;
import java.util.List;

/** Splits for tests, told apart by the names of their files. */
final class Splits {

    private Splits() {}

    /** A file of 10 bytes, any reader's. */
    static RecordFileSplit file(String name) {
        return file(name, 10, "");
    }

    static RecordFileSplit keyed(String name, String key) {
        return file(name, 10, key);
    }

    static RecordFileSplit file(String name, long size, String key) {
        Path path = new Path("/data/" + name);
        RecordFileIdentity identity = RecordFileIdentity.ofListed(size, 1000);
        return new RecordFileSplit(
                RecordFileSplitIds.of(path, identity, Kind.READ, 0),
                path,
                0,
                size,
                Kind.READ,
                identity,
                RecordFilePosition.START,
                0,
                key);
    }

    static List<String> names(Collection<RecordFileSplit> splits) {
        return splits.stream().map(Splits::name).toList();
    }

    /** The name of the file, with kind and begin where it is not read as a whole. */
    static String name(RecordFileSplit split) {
        String name = split.path().getName();
        boolean whole = split.kind() == Kind.READ && split.length() == split.identity().size();
        return whole ? name : name + ' ' + split.kind() + ' ' + split.offset();
    }

    static List<String> ids(Collection<RecordFileSplit> splits) {
        return splits.stream().map(RecordFileSplit::splitId).toList();
    }

    static String id(String name) {
        return file(name).splitId();
    }
}
