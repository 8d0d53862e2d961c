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

package io.activedataflow.flink.connector.recordfile.source.reader;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is emitted, with its timestamps. */
final class RecordingOutput<T> implements SourceOutput<T> {

    record Emitted<T>(T element, long timestamp) {}

    final List<Emitted<T>> emitted = new ArrayList<>();

    @Override
    public void collect(T element) {
        collect(element, TimestampAssigner.NO_TIMESTAMP);
    }

    @Override
    public void collect(T element, long timestamp) {
        emitted.add(new Emitted<>(element, timestamp));
    }

    List<T> elements() {
        return emitted.stream().map(Emitted::element).toList();
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void markIdle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void markActive() {
        throw new UnsupportedOperationException();
    }
}
