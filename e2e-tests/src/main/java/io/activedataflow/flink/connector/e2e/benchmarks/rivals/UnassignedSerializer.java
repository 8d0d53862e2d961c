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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.Optional;

/** Serializes the split that is not assigned, if it is not. */
final class UnassignedSerializer implements SimpleVersionedSerializer<Optional<StreamSplit>> {

    private final StreamSplitSerializer splits = new StreamSplitSerializer();

    @Override
    public int getVersion() {
        return splits.getVersion();
    }

    @Override
    public byte[] serialize(Optional<StreamSplit> unassigned) throws IOException {
        return unassigned.isPresent() ? splits.serialize(unassigned.get()) : new byte[0];
    }

    @Override
    public Optional<StreamSplit> deserialize(int version, byte[] bytes) throws IOException {
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(splits.deserialize(version, bytes));
    }
}
